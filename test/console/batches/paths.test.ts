import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { applyIdIn, batchPath, listPath } from '../../../src/console/batches/paths.ts'

suite('paths of batches', () => {
  test('an ApplyId is a number that JavaScript can hold', () => {
    const cases: readonly [string, number | undefined][] = [
      ['1', 1],
      [' 1000000001 ', 1000000001],
      ['9007199254740991', 9007199254740991],
      ['9007199254740993', undefined],
      ['0', undefined],
      ['', undefined],
      ['-1', undefined],
      ['1e3', undefined],
      ['abc', undefined],
    ]
    for (const [text, applyId] of cases) assert.equal(applyIdIn(text), applyId, text)
  })

  test('the public instance has the shorter ones', () => {
    assert.equal(listPath(''), '/')
    assert.equal(batchPath('', 7), '/7')
    assert.equal(listPath('iot-a/b'), '/at/iot-a%2Fb')
    assert.equal(batchPath('iot-1', 7), '/at/iot-1/7')
  })
})
