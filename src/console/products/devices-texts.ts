import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-devices.ts'
import { zh } from '../texts/zh/products-devices.ts'

/** Texts of the device list. */
export const texts: Texts<typeof en> = { en, zh }
