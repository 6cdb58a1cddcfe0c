import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedNickname, isNickname, registeredNickname } from '../../src/rules/device-fields.ts'

// Goal: the rule of the pages of RegisterDevice and BatchCheckDeviceNames, at its edges.
const rows: [nickname: string, legal: boolean][] = [
  ['hall', true],
  ['hal', false],
  ['', false],
  ['a'.repeat(64), true],
  ['a'.repeat(65), false],
  ['园区', true],
  ['园', false],
  ['园ab', true],
  ['园'.repeat(32), true],
  [`${'园'.repeat(32)}a`, false],
  ['ランプ', true],
  ['時々の灯', true],
  ['Hall_1', true],
  ['the hall', false],
  ['hall-1', false],
  ['hall\n', false],
  ['園、灯', false],
  ['램프램프', false],
  ['håll', false],
  ['١٢٣٤', false],
]

test('a nickname given at registration', () => {
  for (const [nickname, legal] of rows)
    assert.equal(isNickname(registeredNickname, nickname), legal, nickname)
})

test('a nickname that is changed may have half of that', () => {
  const edges: typeof rows = [
    ['a'.repeat(32), true],
    ['a'.repeat(33), false],
    ['园'.repeat(16), true],
    [`${'园'.repeat(16)}a`, false],
    ['hal', false],
  ]
  for (const [nickname, legal] of edges) assert.equal(isNickname(changedNickname, nickname), legal, nickname)
})
