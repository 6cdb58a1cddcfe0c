import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  deviceName,
  deviceSecret,
  type FieldRule,
  nickname,
  obeys,
  serialNumber,
  testOf,
} from '../../src/rules/device-fields.ts'

// Goal: each rule as the document states it, at its edges. Both ways of asking give the same answer.
const rows: [field: FieldRule, value: string, legal: boolean][] = [
  [deviceName, 'abcd', true],
  [deviceName, 'abc', false],
  [deviceName, '', false],
  [deviceName, 'a'.repeat(32), true],
  [deviceName, 'a'.repeat(33), false],
  [deviceName, 'AZaz09-_@.:', true],
  [deviceName, 'light%', false],
  [deviceName, 'li ght', false],
  [deviceName, 'light\n', false],
  [deviceName, 'light\0', false],
  [deviceName, 'lightü', false],
  [deviceName, '灯灯灯灯', false],
  [deviceName, 'light\\', false],
  [deviceName, 'light/', false],
  [deviceName, 'light;', false],
  [deviceName, 'light?', false],
  [deviceName, 'light[', false],
  [deviceName, 'light`', false],
  [deviceName, 'light{', false],
  [deviceSecret, '1', true],
  [deviceSecret, '', false],
  [deviceSecret, 's'.repeat(32), true],
  [deviceSecret, 's'.repeat(33), false],
  [deviceSecret, 'a-_@.:9', true],
  [deviceSecret, '^67$', false],
  [serialNumber, 'Q', true],
  [serialNumber, '', false],
  [serialNumber, 'Q'.repeat(64), true],
  [serialNumber, 'Q'.repeat(65), false],
  [serialNumber, 'QC_4001', true],
  [serialNumber, 'QC4001#', false],
  [serialNumber, 'QC-4001', false],
  [serialNumber, 'QC.4001', false],
  [nickname, 'lamp_1', true],
  [nickname, 'lamp 1', false],
]

for (const [field, value, legal] of rows) {
  test(`${JSON.stringify(value)} is ${legal ? 'legal' : 'illegal'} for ${field.min} to ${field.max} of ${field.characters}`, () => {
    const bytes = Buffer.from(`«${value}»`)
    const start = Buffer.byteLength('«')
    assert.equal(testOf(field).legal(bytes, start, Buffer.byteLength(value)), legal)
    assert.equal(obeys(field, value), legal)
  })
}
