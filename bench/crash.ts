/**
 * Kills servers and the database at random moments while clients import, and proves what must be so afterwards:
 * what was answered is whole, nothing is half there, no name is twice, every node's check agrees with the store.
 *
 *   npm run crash                        50 rounds on each driver; about five minutes
 *   npm run crash -- --rounds 1000       as many as you have patience for
 *   npm run crash -- --driver SQLite     on one of them
 *   npm run crash -- --seed 42           what chance chose in an earlier run
 *
 * It measures nothing, so it is no part of `npm run bench`. Its short form is test/crash.
 */
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { parseArgs } from 'node:util'
import { crashRounds } from '../test/crash/rounds.ts'
import { drivers } from '../test/support/nodes.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, driver: { type: 'string' }, seed: { type: 'string' } },
})
const rounds = whole('rounds', values.rounds ?? '50')
const seed = whole('seed', values.seed ?? String(randomInt(2 ** 31)))
const chosen = drivers.filter((driver) => values.driver === undefined || driver === values.driver)
if (chosen.length === 0) throw new Error(`--driver is one of ${drivers.join(', ')}, not ${values.driver}`)

for (const driver of chosen) {
  test(`${rounds} rounds on ${driver}, --seed ${seed}`, async (t) => {
    const tell = (line: string) => process.stderr.write(`${driver}, ${line}\n`)
    tell(`--seed ${seed}`)
    await crashRounds(t, { driver, rounds, seed, tell })
  })
}

function whole(flag: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw new Error(`--${flag} is a whole number, not ${JSON.stringify(text)}`)
}
