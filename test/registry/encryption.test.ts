import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { decrypt, encrypt } from '../../src/registry/encryption.ts'

const number = fc.maxSafeNat()

test('the first number is readable only with the right key and second number', () => {
  const [key, other] = [randomBytes(16), randomBytes(16)]
  const property = fc.property(number, number, number, (first, second, third) => {
    const text = encrypt(key, first, second)
    assert.match(text, /^[0-9A-Za-z]{22}$/)
    assert.equal(decrypt(key, text, second), first)
    assert.equal(decrypt(key, text, third), third === second ? first : undefined)
    assert.equal(decrypt(other, text, second), undefined)
  })
  fc.assert(property)
})

test('texts that were made up are nothing', () => {
  const key = randomBytes(16)
  const property = fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Za-z]{22}$/)), (text) => {
    assert.equal(decrypt(key, text, 1), undefined)
  })
  fc.assert(property)
})
