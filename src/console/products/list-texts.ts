import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-list.ts'
import { zh } from '../texts/zh/products-list.ts'

/** Texts of the product list. */
export const texts: Texts<typeof en> = { en, zh }
