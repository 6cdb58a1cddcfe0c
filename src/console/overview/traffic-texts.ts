import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/overview-traffic.ts'
import { zh } from '../texts/zh/overview-traffic.ts'

export const texts: Texts<typeof en> = { en, zh }
