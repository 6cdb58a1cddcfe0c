import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-add.ts'
import { zh } from '../texts/zh/products-add.ts'

/** Of adding one device, of doing something with many, and of exporting. */
export const texts: Texts<typeof en> = { en, zh }
