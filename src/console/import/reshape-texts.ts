import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/import-reshape.ts'
import { zh } from '../texts/zh/import-reshape.ts'

export const texts: Texts<typeof en> = { en, zh }
