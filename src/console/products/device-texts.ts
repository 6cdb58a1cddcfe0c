import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-device.ts'
import { zh } from '../texts/zh/products-device.ts'

/** Texts of the device page. */
export const texts: Texts<typeof en> = { en, zh }
