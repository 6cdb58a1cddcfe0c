import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesMax, unknownActions } from '../../src/rpc/unknown-actions.ts'
import { TestClock } from '../support/deterministic.ts'

function noting() {
  const clock = new TestClock()
  const told: [name: string, aloud: boolean][] = []
  return { clock, told, note: unknownActions(clock, (...call) => told.push(call)) }
}

test('every call is logged by name, at a high level once an hour', () => {
  const { clock, told, note } = noting()
  note('QueryTopicRouteTable')
  note('QueryTopicRouteTable')
  note('RRpc')
  clock.advance(60 * 60_000 - 1)
  note('QueryTopicRouteTable')
  clock.advance(1)
  note('QueryTopicRouteTable')
  note('QueryTopicRouteTable')
  assert.deepEqual(told, [
    ['QueryTopicRouteTable', true],
    ['QueryTopicRouteTable', false],
    ['RRpc', true],
    ['QueryTopicRouteTable', false],
    ['QueryTopicRouteTable', true],
    ['QueryTopicRouteTable', false],
  ])
})

test('beyond 100 names all are one, and the log is as silent on it', () => {
  const { told, note } = noting()
  for (let i = 0; i < namesMax + 50; i++) note(`Name${i}`)
  note('Name0')
  const names = new Set(told.map(([name]) => name))
  assert.equal(names.size, namesMax + 1)
  assert.equal(told.filter(([name]) => name === 'other').length, 50)
  assert.equal(told.filter(([, aloud]) => aloud).length, namesMax + 1)
  assert.deepEqual(told.at(-1), ['Name0', false])
})

test('a text that can’t be an operation’s name is not logged', () => {
  const { told, note } = noting()
  for (const name of ['', 'a b', 'Pub\n', 'Pub{x="y"}', 'Püb', '../etc', 'A'.repeat(65)]) note(name)
  assert.deepEqual(told, [])
  note('A'.repeat(64))
  assert.equal(told.length, 1)
})
