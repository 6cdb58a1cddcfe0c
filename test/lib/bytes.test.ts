import assert from 'node:assert/strict'
import buffer from 'node:buffer'
import { test } from 'node:test'
import fc from 'fast-check'
import { concat, isAscii, isUtf8, textIn, utf8, utf8Length } from '../../src/lib/bytes.ts'

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc.string({ unit: fc.constantFrom('a', 'ä', '路', '😀', '\ufeff'), maxLength: 40 }).map(utf8),
  fc.string({ maxLength: 100 }).map(utf8),
)

test('bytes and texts are converted as by Node, at any offset', () => {
  fc.assert(
    fc.property(bytes, fc.nat(8), fc.nat(100), (some, before, from) => {
      const lying = concat(new Uint8Array(before), some).subarray(before)
      assert.equal(isAscii(lying), buffer.isAscii(lying))
      assert.equal(isUtf8(lying), buffer.isUtf8(lying))
      const start = Math.min(from, lying.length)
      assert.equal(textIn(lying, start), Buffer.from(lying).toString('utf8', start))
      const text = textIn(lying)
      assert.equal(utf8Length(text), Buffer.byteLength(text))
    }),
  )
})
