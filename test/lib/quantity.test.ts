import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quantity } from '../../src/lib/quantity.ts'

test('a noun is in the singular after 1 alone', () => {
  assert.deepEqual(
    [0, 1, 2, 40_001].map((number) => quantity(number, 'row')),
    ['0 rows', '1 row', '2 rows', '40,001 rows'],
  )
  assert.deepEqual(
    [1, 3].map((number) => quantity(number, 'batch', 'batches')),
    ['1 batch', '3 batches'],
  )
})
