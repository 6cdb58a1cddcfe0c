import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/batches-jobs.ts'
import { zh } from '../texts/zh/batches-jobs.ts'

export const texts: Texts<typeof en> = { en, zh }
