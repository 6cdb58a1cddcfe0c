import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/access-users.ts'
import { zh } from '../texts/zh/access-users.ts'

export const texts: Texts<typeof en> = { en, zh }
