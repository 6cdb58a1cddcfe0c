import { tabValues } from './stored.ts'

/** The cursors of the second to the current page; those before the current one are unknown after a copied link. */
export type Cursors = readonly (string | undefined)[]

const stored = 'rollcall.cursors'

/** Reads the cursors of a list from the parameters `page` and `at` of the address. */
export function cursorsIn({ page = '', at }: Readonly<Record<string, string | undefined>>): Cursors {
  if (at === undefined) return []
  const before = Math.max(2, Math.min(1_000_000, Number.parseInt(page, 10) || 2)) - 2
  try {
    const kept = JSON.parse(tabValues.read(stored) ?? '[]') as string[]
    if (kept.length === before + 1 && kept.at(-1) === at) return kept
  } catch {}
  return [...Array.from({ length: before }, () => undefined), at]
}

/** The parameters of the address for the cursors, which the tab keeps for its pages before. */
export function cursorParameters(cursors: Cursors) {
  tabValues.write(stored, JSON.stringify(cursors))
  return { page: cursors.length === 0 ? undefined : String(cursors.length + 1), at: cursors.at(-1) }
}

/** The cursors of the page before; of the first page if that one is unknown. */
export const previousOf = (cursors: Cursors): Cursors =>
  cursors.at(-2) === undefined ? [] : cursors.slice(0, -1)
