import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/overview-recent.ts'
import { zh } from '../texts/zh/overview-recent.ts'

export const texts: Texts<typeof en> = { en, zh }
