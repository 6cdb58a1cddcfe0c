import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/batches-batch.ts'
import { zh } from '../texts/zh/batches-batch.ts'

/** Texts of a batch or checked list. */
export const texts: Texts<typeof en> = { en, zh }
