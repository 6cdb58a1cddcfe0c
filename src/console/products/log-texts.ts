import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-log.ts'
import { zh } from '../texts/zh/products-log.ts'

/** The connection log of a device. */
export const texts: Texts<typeof en> = { en, zh }
