import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products.ts'
import { zh } from '../texts/zh/products.ts'

/** Texts shared by the products and devices pages. */
export const texts: Texts<typeof en> = { en, zh }
