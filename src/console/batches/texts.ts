import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/batches.ts'
import { zh } from '../texts/zh/batches.ts'

export const texts: Texts<typeof en> = { en, zh }
