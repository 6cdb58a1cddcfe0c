import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { drivers } from '../support/nodes.ts'
import { crashRounds } from './rounds.ts'

// The long form is bench/crash.ts. ROLLCALL_CRASH_SEED repeats what chance has chosen.
for (const driver of drivers) {
  for (const workers of [1, 2]) {
    test(`what clients were answered is so after kills amid imports, on ${driver} with ${workers} worker(s)`, async (t) => {
      const seed = Number(process.env.ROLLCALL_CRASH_SEED ?? randomInt(2 ** 31))
      t.diagnostic(`ROLLCALL_CRASH_SEED=${seed}`)
      await crashRounds(t, { driver, workers, rounds: 2, seed, tell: (line) => t.diagnostic(line) })
    })
  }
}
