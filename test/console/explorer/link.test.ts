import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeclaredField } from '../../../src/client/operations.ts'
import { brokenLimit } from '../../../src/console/explorer/limits.ts'
import { linkOf, parametersIn } from '../../../src/console/explorer/link.ts'

test('a link has the parameters of a call, and never a secret', () => {
  const given = {
    ProductKey: 'a1',
    'DeviceList.1.DeviceName': '灯 1',
    'DeviceList.1.DeviceSecret': 'hidden',
    DeviceSecret: 'hidden',
  }
  const link = linkOf('https://iot.example/console/', 'BatchCheckImportDevice', given)!
  assert.doesNotMatch(link, /hidden|Secret/)
  const [, query] = link.split('?')
  assert.deepEqual(parametersIn(Object.fromEntries(new URLSearchParams(query))), {
    ProductKey: 'a1',
    'DeviceList.1.DeviceName': '灯 1',
  })
  assert.equal(parametersIn({ DeviceSecret: 'hidden' }), undefined)
  assert.equal(linkOf('https://iot.example/console/', 'Pub', { MessageContent: 'x'.repeat(8001) }), undefined)
})

for (const [field, value, broken] of [
  [{ type: 'Integer', min: 1, max: 50 }, '51', 'limits'],
  [{ type: 'Integer', min: 1, max: 50 }, '0', 'limits'],
  [{ type: 'Integer', min: 1, max: 50 }, '50', undefined],
  [{ type: 'Integer' }, '1.5', 'wholeNumber'],
  [{ type: 'String', values: ['Import', 'Check'] }, 'Undo', 'oneOf'],
  [{ type: 'String', maxLength: 2 }, '灯灯灯', 'tooLong'],
  [{ type: 'String', maxLength: 2 }, '', undefined],
] as const)
  test(`${value} as ${JSON.stringify(field)} breaks ${broken ?? 'no limit'}`, () => {
    assert.equal(brokenLimit(field as unknown as DeclaredField, value), broken)
  })
