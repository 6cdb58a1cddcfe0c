import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Client } from '../../../src/client/client.ts'
import { findBatch, soughtMax } from '../../../src/console/batches/batch.ts'
import { applyIdIn, batchPath, listPath } from '../../../src/console/batches/paths.ts'

/** Lists batches with the odd ApplyIds up to a number. */
function listing(newest: number) {
  let calls = 0
  const client: Client = {
    async call(action, { MaxResults, NextToken, IotInstanceId }) {
      assert.equal(action, 'ListDeviceBatches')
      assert.equal(IotInstanceId, 'iot-1')
      calls++
      const Batch = []
      let id = Number(NextToken ?? newest)
      for (; id > 0 && Batch.length < Number(MaxResults); id -= 2) Batch.push({ ApplyId: id })
      return { Data: { Batch, ...(id > 0 && { NextToken: String(id) }) } }
    },
  }
  return { client, calls: () => calls }
}

suite('finding a batch', () => {
  const many = 2 * soughtMax + 1001
  const cases: readonly [
    newest: number,
    wanted: number,
    found: number | 'older' | undefined,
    calls: number,
  ][] = [
    [999, 999, 999, 1],
    [999, 1001, undefined, 1],
    [999, 998, undefined, 1],
    [999, 801, 801, 1],
    [999, 799, 799, 2],
    [999, 1, 1, 5],
    [999, 0, undefined, 5],
    [-1, 1, undefined, 1],
    [many, many - 2 * soughtMax + 2, many - 2 * soughtMax + 2, 50],
    [many, many - 2 * soughtMax, 'older', 50],
  ]
  for (const [newest, wanted, found, calls] of cases)
    test(`${wanted} where ${newest} is the newest`, async () => {
      const list = listing(newest)
      const batch = await findBatch(list.client, 'iot-1', wanted)
      assert.equal(typeof batch === 'object' ? batch.ApplyId : batch, found)
      assert.equal(list.calls(), calls)
    })
})

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
