import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-tag.ts'
import { zh } from '../texts/zh/products-tag.ts'

/** Of tags, a product's or a device's. */
export const texts: Texts<typeof en> = { en, zh }
