import type { Texts } from '../shell/language.tsx'
import { en, enCount } from '../texts/en/products-many.ts'
import { zh, zhCount } from '../texts/zh/products-many.ts'

export const texts: Texts<typeof en> = { en, zh }
export const countTexts: Texts<typeof enCount> = { en: enCount, zh: zhCount }
