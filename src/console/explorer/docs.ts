import type { Operation } from '../../client/operations.ts'
import { sentencesInChinese } from './docs-zh.ts'

/** Sentences that the catalogue adds to a parameter's own; the form tells the limits of numbers by itself. */
const added: readonly (readonly [RegExp, (max?: string) => string])[] = [
  [/^Up to ([\d,]+) entries\.$/, (max) => `最多 ${max} 项。`],
  [/^Up to ([\d,]+) entries; more are discarded\.$/, (max) => `最多 ${max} 项，超出的被丢弃。`],
  [/^Up to ([\d,]+) entries; more are refused\.$/, (max) => `最多 ${max} 项，超出则拒绝。`],
  [/^From \d+ to \d+\.$/, () => ''],
]

function sentenceInChinese(sentence: string): string | undefined {
  const pattern = added.find(([pattern]) => pattern.test(sentence))
  return pattern === undefined
    ? sentencesInChinese[sentence]
    : sentence.replace(pattern[0], (_, max) => pattern[1](max))
}

/** The sentences of a text of the catalogue, each with what it is in Chinese where that is known. */
export const sentencesOf = (doc: string): (readonly [sentence: string, inChinese: string | undefined])[] =>
  doc.split(/(?<=\.) (?=[A-Z\d])/).map((sentence) => [sentence, sentenceInChinese(sentence)] as const)

const docInChinese = (doc: string): string =>
  sentencesOf(doc)
    .map(([sentence, inChinese]) => inChinese ?? sentence)
    .join('')

/** An operation of the catalogue, which is English, with what it and its parameters are told in Chinese. */
export const inChinese = (operation: Operation): Operation => ({
  ...operation,
  summary: docInChinese(operation.summary),
  parameters: operation.parameters.map((field) => ({ ...field, doc: docInChinese(field.doc) })),
})
