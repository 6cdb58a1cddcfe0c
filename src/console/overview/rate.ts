import { languageNames, useLanguage } from '../shell/language.tsx'

const digits = { maximumFractionDigits: 1 }
const formats = {
  en: new Intl.NumberFormat(languageNames.en.tag, digits),
  zh: new Intl.NumberFormat(languageNames.zh.tag, digits),
}
const known = {
  en: (rate: number) => formats.en.format(rate),
  zh: (rate: number) => formats.zh.format(rate),
}

/** Formats a rate per second with one decimal. */
export const useRate = (): ((rate: number) => string) => known[useLanguage().language]
