import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drivers } from '../support/nodes.ts'
import { deviceRounds } from './device-messages.ts'

for (const driver of drivers) {
  test(`no answered Pub is lost when a node is killed, in ${driver}`, async (t) => {
    const { answered, twice } = await deviceRounds(t, { driver, rounds: 2, seed: 7 })
    // Only what was on its way to a connection that broke may come again.
    assert.ok(twice < answered / 4, `${twice} of ${answered} messages came twice`)
  })
}
