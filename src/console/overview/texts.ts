import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/overview.ts'
import { zh } from '../texts/zh/overview.ts'

export const texts: Texts<typeof en> = { en, zh }
