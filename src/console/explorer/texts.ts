import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/explorer.ts'
import { zh } from '../texts/zh/explorer.ts'

export const texts: Texts<typeof en> = { en, zh }
