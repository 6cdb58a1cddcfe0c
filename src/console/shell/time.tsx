import { languageNames, useLanguage } from './language.tsx'

/** A moment as the reader's clock shows it, to the second; its title has UTC as the API writes it. */
export function Time({ at }: { readonly at: number }) {
  const { language } = useLanguage()
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} title={iso} style={{ whiteSpace: 'nowrap' }}>
      {new Date(at).toLocaleString(languageNames[language].tag, { dateStyle: 'medium', timeStyle: 'medium' })}
    </time>
  )
}
