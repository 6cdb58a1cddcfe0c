import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseRanges, rangesOf } from '../../src/lib/number-ranges.ts'

test('numbers are written as ranges', () => {
  assert.equal(rangesOf([]), '')
  assert.equal(rangesOf([3]), '3')
  assert.equal(rangesOf([9, 3, 7, 8, 3]), '3,7-9')
})

test('ranges have the numbers that were written, and no others', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), (numbers) => {
      const read = parseRanges(rangesOf(numbers)).flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      )
      assert.deepEqual(
        read,
        [...new Set(numbers)].sort((a, b) => a - b),
      )
    }),
  )
})
