import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-devices.ts'
import { zh } from '../texts/zh/products-devices.ts'

/** Of the devices of a product. */
export const texts: Texts<typeof en> = { en, zh }
