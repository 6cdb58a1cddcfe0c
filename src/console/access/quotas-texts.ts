import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/access-quotas.ts'
import { zh } from '../texts/zh/access-quotas.ts'

export const texts: Texts<typeof en> = { en, zh }
