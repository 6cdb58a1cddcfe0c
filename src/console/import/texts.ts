import { type Texts, useTexts } from '../shell/language.tsx'
import { en } from '../texts/en/import.ts'
import { zh } from '../texts/zh/import.ts'

export const texts: Texts<typeof en> = { en, zh }

export const useWords = () => useTexts(texts)
