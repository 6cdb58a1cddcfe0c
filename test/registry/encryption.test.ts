import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { decipher, encipher } from '../../src/registry/encryption.ts'

const number = fc.maxSafeNat()

test('the first number is read where the key and the second are right, and nowhere else', () => {
  const [key, other] = [randomBytes(16), randomBytes(16)]
  const property = fc.property(number, number, number, (first, second, third) => {
    const text = encipher(key, first, second)
    assert.match(text, /^[0-9A-Za-z]{22}$/)
    assert.equal(decipher(key, text, second), first)
    assert.equal(decipher(key, text, third), third === second ? first : undefined)
    assert.equal(decipher(other, text, second), undefined)
  })
  fc.assert(property)
})

test('texts that were made up are nothing', () => {
  const key = randomBytes(16)
  const property = fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Za-z]{22}$/)), (text) => {
    assert.equal(decipher(key, text, 1), undefined)
  })
  fc.assert(property)
})
