import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-add.ts'
import { zh } from '../texts/zh/products-add.ts'

/** Texts for adding one device, bulk actions, and exporting. */
export const texts: Texts<typeof en> = { en, zh }
