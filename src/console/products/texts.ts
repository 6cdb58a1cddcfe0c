import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products.ts'
import { zh } from '../texts/zh/products.ts'

/** What products and devices have in common on this page. */
export const texts: Texts<typeof en> = { en, zh }
