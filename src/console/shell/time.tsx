import { type Language, useLanguage } from './language.tsx'

/** Dates with an unambiguous month, and hours from 0 to 23. */
const formats: { readonly [L in Language]: Intl.DateTimeFormat } = {
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }),
  zh: new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'medium' }),
}

/** A time in the reader's time zone, in seconds; its tooltip shows UTC as in the API. */
export function Time({ at }: { readonly at: number }) {
  const { language } = useLanguage()
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} title={iso} style={{ whiteSpace: 'nowrap' }}>
      {formats[language].format(at)}
    </time>
  )
}
