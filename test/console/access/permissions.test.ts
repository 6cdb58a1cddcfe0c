import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  allowedOf,
  permissionsOf,
  presetOf,
  presets,
  readOnly,
  sentAs,
  wrongPattern,
} from '../../../src/console/access/permissions.ts'

const actions = ['QueryDevice', 'BatchQueryDeviceDetail', 'BatchCheckImportDevice', 'DeleteDevice']

for (const [permissions, preset, allowed] of [
  [undefined, 'all', actions],
  [['*'], 'all', actions],
  [['iot:*'], 'all', actions],
  [[], 'none', []],
  [readOnly, 'read', actions.slice(0, 3)],
  [[...readOnly].reverse(), 'read', actions.slice(0, 3)],
  [[...readOnly, 'iot:DeleteDevice'], 'some', actions],
  [['iot:Query*'], 'some', ['QueryDevice']],
] as const)
  test(`${permissions?.join(' ') ?? 'no limit'} is ${preset}`, () => {
    assert.equal(presetOf(permissions), preset)
    assert.deepEqual(allowedOf(permissions, actions), allowed)
  })

test('a preset is recognised again, and sent', () => {
  for (const preset of presets) assert.equal(presetOf(permissionsOf(preset, ['iot:QueryDevice'])), preset)
  assert.deepEqual(sentAs(undefined), { AllowAll: true })
  assert.deepEqual(sentAs(['iot:QueryDevice']), { AllowedAction: ['iot:QueryDevice'] })
  assert.deepEqual(sentAs([]), { AllowedAction: [] })
})

test('an invalid pattern, or one that matches nothing, is reported', () => {
  for (const [pattern, why] of [
    ['iot:QueryDevice', undefined],
    ['iot:*Device', undefined],
    ['*', undefined],
    ['QueryDevice', 'invalid'],
    ['iot:', 'invalid'],
    ['iot:Query-Device', 'invalid'],
    ['ram:QueryDevice', 'invalid'],
    ['iot:querydevice', 'matchesNothing'],
  ] as const)
    assert.deepEqual(wrongPattern(['iot:QueryDevice', pattern], actions), why && { pattern, why })
})
