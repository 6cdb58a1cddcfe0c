import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/access.ts'
import { zh } from '../texts/zh/access.ts'

export const texts: Texts<typeof en> = { en, zh }
