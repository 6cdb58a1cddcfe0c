import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { permits } from '../../src/lib/permissions.ts'

test('what patterns allow', () => {
  for (const [patterns, action, allowed] of [
    [undefined, 'DeleteDevice', true],
    [[], 'QueryDevice', false],
    [['*'], 'DeleteDevice', true],
    [['iot:*'], 'DeleteDevice', true],
    [['iot:QueryDevice'], 'QueryDevice', true],
    [['iot:QueryDevice'], 'QueryDeviceDetail', false],
    [['iot:querydevice'], 'QueryDevice', false],
    [['iot:Query*'], 'QueryDevice', true],
    [['iot:Query*'], 'BatchQueryDevice', false],
    [['iot:*Device'], 'QueryDevice', true],
    [['iot:*Device'], 'QueryDeviceDetail', false],
    [['iot:*Device*Id'], 'QueryImportedDeviceByApplyId', true],
    [['iot:Delete*', 'iot:Query*'], 'QueryDevice', true],
    // The pieces may not overlap.
    [['iot:QueryDevice*Device'], 'QueryDevice', false],
    [['iot:ab*ba'], 'aba', false],
  ] as const)
    assert.equal(permits(patterns, action), allowed, `${patterns} ${action}`)
})

test('a pattern is what it would be as a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 })
  fc.assert(
    fc.property(pattern, letters, (pattern, action) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(action)
      assert.equal(permits([`iot:${pattern}`], action), expected)
    }),
  )
})

test('a pattern of many wildcards is evaluated at once', () => {
  assert.equal(permits([`iot:${'*a'.repeat(10_000)}*b`], 'a'.repeat(100_000)), false)
})
