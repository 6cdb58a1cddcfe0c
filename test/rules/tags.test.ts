import assert from 'node:assert/strict'
import { test } from 'node:test'
import { invalidTags } from '../../src/rules/tags.ts'

const any = () => true

test('a key has 1 to 30 letters, digits and dots; a value 1 to 128 characters, of which Chinese ones count as two', () => {
  const rows: [key: string | undefined, value: string | undefined, fit: boolean][] = [
    ['room', '102', true],
    ['r', 'v', true],
    ['Room.1', 'a_b-c.d', true],
    ['a'.repeat(30), 'v', true],
    ['a'.repeat(31), 'v', false],
    ['room-1', 'v', false],
    ['房间', 'v', false],
    ['room\n', 'v', false],
    ['abc', 'v', false],
    ['abcd', 'v', true],
    [undefined, 'v', false],
    ['room', undefined, false],
    ['room', '123$', false],
    ['room', 'a b', false],
    ['room', '大厅', true],
    ['room', '楼'.repeat(64), true],
    ['room', `${'楼'.repeat(64)}1`, false],
    ['room', 'v'.repeat(128), true],
    ['room', 'v'.repeat(129), false],
  ]
  for (const [key, value, fit] of rows) {
    assert.deepEqual(invalidTags([{ key, value }], any), fit ? [] : [{ key, value }], `${key}=${value}`)
  }
})

test('a key is valid once, and only among the permitted ones', () => {
  const tag = (key: string, value = 'v') => ({ key, value })
  const list = [tag('a'), tag('b'), tag('a', 'w'), tag('A')]
  assert.deepEqual(invalidTags(list, any), [tag('a', 'w')])
  assert.deepEqual(
    invalidTags(list, (key) => key === 'a'),
    [tag('b'), tag('a', 'w'), tag('A')],
  )
  // One that is malformed does not take the key of one that is not.
  assert.deepEqual(invalidTags([tag('a', '$'), tag('a')], any), [tag('a', '$')])
})
