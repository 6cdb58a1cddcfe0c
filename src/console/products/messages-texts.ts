import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-messages.ts'
import { zh } from '../texts/zh/products-messages.ts'

/** Texts for live messages of a device and for sending to it. */
export const texts: Texts<typeof en> = { en, zh }
