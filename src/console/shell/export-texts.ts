import { en } from '../texts/en/shell-export.ts'
import { zh } from '../texts/zh/shell-export.ts'
import type { Texts } from './language.tsx'

/** Texts for exporting devices. */
export const texts: Texts<typeof en> = { en, zh }
