import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-product.ts'
import { zh } from '../texts/zh/products-product.ts'

/** Texts for creating, editing and deleting a product. */
export const texts: Texts<typeof en> = { en, zh }
