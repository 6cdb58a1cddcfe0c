import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProductName, takesImports } from '../../src/rules/product-fields.ts'

test('a product name has 4 to 30 characters, of which Chinese ones count as two', () => {
  const rows: [string, boolean][] = [
    ['lamp', true],
    ['lam', false],
    ['路灯', true],
    ['灯', false],
    ['灯'.repeat(15), true],
    [`${'灯'.repeat(15)}a`, false],
    ['a'.repeat(30), true],
    ['a'.repeat(31), false],
    ['street_lamp-1@(x)', true],
    ['street lamp', false],
    [' lamp', false],
    ['lamp<1>', false],
  ]
  for (const [name, legal] of rows) assert.equal(isProductName(name), legal, name)
})

test('imports go into cloud gateway products anywhere, and into every product of an Enterprise instance', () => {
  const rows: [string, 'public' | 'enterprise-standard', boolean][] = [
    ['one-party', 'public', true],
    ['secret', 'public', false],
    ['x509', 'public', false],
    ['one-party', 'enterprise-standard', true],
    ['secret', 'enterprise-standard', true],
  ]
  for (const [authType, kind, takes] of rows) assert.equal(takesImports(authType, kind), takes)
})
