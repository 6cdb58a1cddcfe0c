import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isGroupName } from '../../src/rules/group-fields.ts'

test('a group name has 4 to 30 letters, digits and _, of which Chinese ones count as two', () => {
  const rows: [string, boolean][] = [
    ['grouptest', true],
    ['hall', true],
    ['ha1', false],
    ['灯具', true],
    ['灯', false],
    ['灯'.repeat(15), true],
    [`${'灯'.repeat(15)}a`, false],
    ['a'.repeat(30), true],
    ['a'.repeat(31), false],
    ['hall_1', true],
    ['hall-1', false],
    ['hall 1', false],
    ['hall.1', false],
    ['hall\n', false],
  ]
  for (const [name, legal] of rows) assert.equal(isGroupName(name), legal, name)
})
