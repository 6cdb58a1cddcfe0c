import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Operation } from '../../../src/client/operations.ts'

const catalogue: readonly Operation[] = JSON.parse(readFileSync('docs/reference/catalogue.json', 'utf8'))

/** Every text of an operation's documentation in English and Chinese. */
const docsOf = ({ summary, summaryZh, parameters }: Operation) => [
  [summary, summaryZh] as const,
  ...parameters.map(({ doc, docZh }) => [doc, docZh ?? ''] as const),
]

test('summaries and parameters are documented in both languages', () => {
  for (const operation of catalogue)
    for (const [english, chinese] of docsOf(operation)) {
      assert.match(english, /^[A-Z\d].*\.$/, operation.name)
      assert.match(chinese, /。$/, operation.name)
    }
})

test('names, values and numbers are the same in both languages', () => {
  const term = /\d[\d,]*\d|A-Za-z0-9[-_@]*|--[a-z-]+|iot:\w+\*?|(?:[A-Z][a-z]+){2,}|\b[A-Z]+_?[A-Z]+\b/g
  for (const operation of catalogue)
    for (const [english, chinese] of docsOf(operation))
      for (const found of english.match(term) ?? [])
        assert.ok(chinese.includes(found), `${found} in ${chinese}`)
})
