import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { drivers } from '../support/nodes.ts'
import { crashRounds } from './rounds.ts'

// The long form is bench/crash.ts. ROLLCALL_CRASH_SEED repeats what chance has chosen.
for (const driver of drivers) {
  test(`what clients were told is so after SIGKILL amid imports, on ${driver}`, async (t) => {
    const seed = Number(process.env.ROLLCALL_CRASH_SEED ?? randomInt(2 ** 31))
    t.diagnostic(`ROLLCALL_CRASH_SEED=${seed}`)
    const rounds = driver === 'PostgreSQL' ? 3 : 2
    await crashRounds(t, { driver, rounds, seed, tell: (line) => t.diagnostic(line) })
  })
}
