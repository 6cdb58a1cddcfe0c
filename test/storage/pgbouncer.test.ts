import type { TestContext } from 'node:test'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { TestClock } from '../support/deterministic.ts'
import { pgBouncer, withoutPgBouncer } from '../support/pgbouncer.ts'
import { freshDatabase } from '../support/postgres.ts'
import { conformance } from './conformance.ts'

const clock = new TestClock()
let url = ''
let ended: (() => unknown)[] = []
/** A test context that a database and its pooler live as long as. */
const lifetime = { after: (end: () => unknown) => ended.unshift(end) } as unknown as TestContext
// The tests open up to three nodes: together they want more connections to the server than they get.
const options = { connections: 4, testClock: true }

if (withoutPgBouncer === false)
  conformance(
    {
      name: 'PostgreSQL through PgBouncer, which pools transactions',
      async open(clock) {
        const pooler = await pgBouncer(lifetime, await freshDatabase(lifetime), {
          mode: 'transaction',
          poolSize: 3,
        })
        url = pooler.url
        return openPostgres(url, clock, options)
      },
      openAgain: (clock) => openPostgres(url, clock, options),
      async clean() {
        const ends = ended
        ended = []
        for (const end of ends) await end()
      },
      cannot: [],
    },
    clock,
  )
