import type { TestContext } from 'node:test'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { TestClock } from '../support/deterministic.ts'
import { freshDatabase } from '../support/postgres.ts'
import { conformance } from './conformance.ts'

const clock = new TestClock()
let url = ''
const ended: (() => void)[] = []
/** A test context that a database lives as long as. */
const lifetime = { after: (end: () => void) => ended.push(end) } as unknown as TestContext

conformance(
  {
    name: 'PostgreSQL',
    async open(clock) {
      url = await freshDatabase(lifetime)
      return openPostgres(url, clock, { connections: 4, testClock: true })
    },
    openAgain: (clock) => openPostgres(url, clock, { connections: 4, testClock: true }),
    clean() {
      for (const end of ended.splice(0)) end()
    },
    cannot: [],
  },
  clock,
)
