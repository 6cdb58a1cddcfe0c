import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/groups.ts'
import { zh } from '../texts/zh/groups.ts'

export const texts: Texts<typeof en> = { en, zh }
