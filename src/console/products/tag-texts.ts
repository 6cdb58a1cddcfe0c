import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-tag.ts'
import { zh } from '../texts/zh/products-tag.ts'

/** Texts for tags of products and devices. */
export const texts: Texts<typeof en> = { en, zh }
