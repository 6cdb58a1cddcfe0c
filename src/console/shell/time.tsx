import { type Language, useLanguage } from './language.tsx'

/** Dates without a question which number is the month, and hours without a.m. and p.m. */
const formats: { readonly [L in Language]: Intl.DateTimeFormat } = {
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }),
  zh: new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'medium' }),
}

/** A moment as the reader's clock shows it, to the second; its title has UTC as the API writes it. */
export function Time({ at }: { readonly at: number }) {
  const { language } = useLanguage()
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} title={iso} style={{ whiteSpace: 'nowrap' }}>
      {formats[language].format(at)}
    </time>
  )
}
