import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Operation } from '../../../src/client/operations.ts'
import { inChinese, sentencesOf } from '../../../src/console/explorer/docs.ts'
import { sentencesInChinese } from '../../../src/console/explorer/docs-zh.ts'

const catalogue: readonly Operation[] = JSON.parse(readFileSync('docs/reference/catalogue.json', 'utf8'))
const docsOf = ({ summary, parameters }: Operation) => [summary, ...parameters.map(({ doc }) => doc)]
const docs = catalogue.flatMap(docsOf)

test('every sentence of the catalogue is known in Chinese, and no other', () => {
  const sentences = docs.flatMap(sentencesOf)
  const unknown = sentences.filter(([, inChinese]) => inChinese === undefined)
  assert.deepEqual(unknown, [])
  const said = new Set(sentences.map(([sentence]) => sentence))
  assert.deepEqual(
    Object.keys(sentencesInChinese).filter((sentence) => !said.has(sentence)),
    [],
  )
})

test('names, values and numbers are the same in both languages', () => {
  const term = /\d[\d,]*\d|A-Za-z0-9[-_@]*|--[a-z-]+|iot:\w+\*?|(?:[A-Z][a-z]+){2,}|\b[A-Z]+_?[A-Z]+\b/g
  for (const operation of catalogue) {
    const chinese = docsOf(inChinese(operation))
    for (const [i, doc] of docsOf(operation).entries()) {
      const terms = doc.replace(/ From \d+ to \d+\.$/, '').match(term) ?? []
      for (const term of terms) assert.ok(chinese[i]!.includes(term), `${term} in ${chinese[i]}`)
    }
  }
})

test('a list tells how much it takes', () => {
  const { parameters } = inChinese(catalogue.find(({ name }) => name === 'BatchImportDevice')!)
  assert.equal(
    parameters.find(({ name }) => name === 'DeviceList.N.Sn')!.doc,
    '设备序列号：1～64 个字符，可含 A-Za-z0-9_。最多 10,000 项，超出则拒绝。',
  )
})
