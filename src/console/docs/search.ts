import MiniSearch from 'minisearch'

/** A part of a page under one heading. */
export interface Section {
  /** The page's address below /console/docs/, with the heading's anchor. */
  readonly at: string
  readonly page: string
  readonly heading: string
  readonly text: string
}

/** Words of Latin letters and digits as they are; Chinese, which has no spaces, as pairs of characters. */
export function words(text: string): string[] {
  return (text.toLowerCase().match(/[\p{Script=Han}]+|[\p{L}\p{N}_]+/gu) ?? []).flatMap((word) =>
    /\p{Script=Han}/u.test(word) && word.length > 2
      ? Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2))
      : [word],
  )
}

/** Returns a search through sections: a heading counts more than the text below it. */
export function searchThrough(sections: readonly Section[]): (sought: string) => readonly Section[] {
  const index = new MiniSearch({ fields: ['heading', 'page', 'text'], idField: 'at', tokenize: words })
  index.addAll(sections)
  const byAddress = new Map(sections.map((section) => [section.at, section]))
  return (sought) =>
    index
      .search(sought, { boost: { heading: 4, page: 2 }, prefix: true, fuzzy: 0.15, combineWith: 'AND' })
      .map(({ id }) => byAddress.get(id)!)
}

/** Returns up to 160 characters of a section's text around the first word that was sought. */
export function excerpt({ text }: Section, sought: string): string {
  const at = Math.max(0, ...words(sought).map((word) => text.toLowerCase().indexOf(word)))
  const start = Math.max(0, at - 60)
  return `${start > 0 ? '…' : ''}${text.slice(start, start + 160)}`
}
