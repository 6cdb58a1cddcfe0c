import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/overview-usage.ts'
import { zh } from '../texts/zh/overview-usage.ts'

export const texts: Texts<typeof en> = { en, zh }
