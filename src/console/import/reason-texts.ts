import { type Reason, titleOf } from '../../importer/reasons.ts'
import { type Texts, useTexts } from '../shell/language.tsx'
import { en, type Words } from '../texts/en/import-reasons.ts'
import { zh } from '../texts/zh/import-reasons.ts'
import type { ListedRow } from './messages.ts'

const texts: Texts<Words> = { en, zh }

/** Reports whether a row as a whole is wrong, so that its cells may belong to other columns. */
export const isOfOtherShape = ({ reasons }: Pick<ListedRow, 'reasons'>) =>
  reasons.some(({ field, detail }) => field === '' && detail !== undefined)

/** Returns the short name of a code. */
export function useReasonName(): (code: string) => string {
  const { names } = useTexts(texts)
  return (code) => names[code] ?? titleOf(code) ?? code
}

/** Returns a reason as a sentence; for unknown ones, the server's message. */
export function useReasonText(): (reason: Reason) => string {
  const { plain, rejected, because: inWords } = useTexts(texts)
  return ({ field, code, reason, detail }) => {
    if (code === 'Rejected') return rejected(reason)
    const known = plain[code]
    if (detail === undefined) return known ?? `${field} ${reason}`
    const words = inWords === undefined ? reason : inWords(detail)
    return `${field === '' ? '' : `${field} `}${words}`
  }
}
