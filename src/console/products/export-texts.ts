import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-export.ts'
import { zh } from '../texts/zh/products-export.ts'

/** Texts for exporting devices. */
export const texts: Texts<typeof en> = { en, zh }
