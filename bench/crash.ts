/**
 * Kills and stops servers and the database at random moments while clients import, and proves what must be so
 * afterwards: what was acknowledged is whole, nothing is half there, no name is twice, every node's check agrees with
 * the store, and so do a backup and a store made from it. The same of messages: what was answered reaches its device.
 *
 *   npm run crash                        50 rounds on each driver, without workers and with two; about fifteen minutes
 *   npm run crash -- --rounds 1000       as many as you have patience for
 *   npm run crash -- --driver SQLite     on one of them
 *   npm run crash -- --workers 2         with so many workers in each server
 *   npm run crash -- --seed 42           what chance chose in an earlier run
 *
 * Each part ends with its counts as a line of JSON on standard output. It measures nothing, so it is no part of
 * `npm run bench`. Its short form is test/crash.
 */
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { parseArgs } from 'node:util'
import { deviceRounds } from '../test/crash/device-messages.ts'
import { crashRounds } from '../test/crash/rounds.ts'
import { drivers } from '../test/support/nodes.ts'
import { endWithNpm } from '../test/support/reaper.ts'

endWithNpm()

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    driver: { type: 'string' },
    workers: { type: 'string' },
    seed: { type: 'string' },
  },
})
const rounds = whole('rounds', values.rounds ?? '50')
const seed = whole('seed', values.seed ?? String(randomInt(2 ** 31)))
const chosen = drivers.filter((driver) => values.driver === undefined || driver === values.driver)
if (chosen.length === 0) throw new Error(`--driver is one of ${drivers.join(', ')}, not ${values.driver}`)

const workerCounts = values.workers === undefined ? [1, 2] : [whole('workers', values.workers)]

for (const driver of chosen) {
  for (const workers of workerCounts) {
    test(`${rounds} rounds on ${driver} with ${workers} worker(s), --seed ${seed}`, async (t) => {
      const tell = (line: string) => process.stderr.write(`${driver}, ${workers} worker(s), ${line}\n`)
      tell(`--seed ${seed}`)
      const counts = await crashRounds(t, { driver, workers, rounds, seed, tell })
      process.stdout.write(`${JSON.stringify(counts)}\n`)
    })
  }
  test(`${rounds} rounds of messages to devices on ${driver}, --seed ${seed}`, async (t) => {
    const counts = await deviceRounds(t, { driver, rounds, seed })
    process.stdout.write(`${JSON.stringify({ driver, ...counts })}\n`)
  })
}

function whole(flag: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw new Error(`--${flag} is a whole number, not ${JSON.stringify(text)}`)
}
