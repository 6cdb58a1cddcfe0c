import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/access-keys.ts'
import { zh } from '../texts/zh/access-keys.ts'

export const texts: Texts<typeof en> = { en, zh }
