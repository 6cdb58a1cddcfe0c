import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { localValues } from './stored.ts'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** The texts of a part of the console by language; all languages have the type of one. */
export type Texts<T> = { readonly [L in Language]: T }

/** The name of each language in itself, and its code for markup. */
export const languageNames: { readonly [L in Language]: { readonly label: string; readonly tag: string } } = {
  en: { label: 'English', tag: 'en' },
  zh: { label: '简体中文', tag: 'zh-CN' },
}

interface Chosen {
  readonly language: Language
  choose(language: Language): void
}

const Context = createContext<Chosen | undefined>(undefined)
const key = 'rollcall.language'

function firstLanguage(): Language {
  const chosen = languages.find((language) => language === localValues.read(key))
  return chosen ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en')
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage)
  useEffect(() => {
    document.documentElement.lang = languageNames[language].tag
  }, [language])
  const choose = (next: Language) => {
    localValues.write(key, next)
    setLanguage(next)
  }
  return <Context value={{ language, choose }}>{children}</Context>
}

export function useLanguage(): Chosen {
  const chosen = useContext(Context)
  if (chosen === undefined) throw new Error('there is no LanguageProvider above')
  return chosen
}

/** Returns the texts in the selected language. */
export const useTexts = <T,>(texts: Texts<T>): T => texts[useLanguage().language]
