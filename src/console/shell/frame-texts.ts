import { en } from '../texts/en/shell-frame.ts'
import { zh } from '../texts/zh/shell-frame.ts'
import type { Texts } from './language.tsx'

export const texts: Texts<typeof en> = { en, zh }
