import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Operation } from '../../src/client/operations.ts'
import { failureTexts } from '../../src/console/shell/failure-texts.ts'

test('every failure of an operation has a Chinese text', () => {
  const operations: readonly Operation[] = JSON.parse(readFileSync('docs/reference/catalogue.json', 'utf8'))
  const codes = operations.flatMap(({ failures }) => failures.map(({ code }) => code))
  assert.deepEqual(Object.keys(failureTexts.zh).sort(), [...new Set(codes)].sort())
  for (const [code, text] of Object.entries(failureTexts.zh)) assert.match(text, /\p{Script=Han}.*。$/u, code)
})
