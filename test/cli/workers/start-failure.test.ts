import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  attemptsMax,
  NotStarted,
  StartAttempts,
  type StartFailure,
  startFailureOf,
} from '../../../src/cli/workers/start-failure.ts'
import { ConfigurationError } from '../../../src/lib/configuration-error.ts'
import { storageError as postgresError } from '../../../src/storage/postgres/errors.ts'
import { Unavailable } from '../../../src/storage/storage.ts'

/** As the driver passes on what PostgreSQL or the socket said. */
const ofPostgres = (message: string, code?: string) =>
  new Unavailable('the database can’t be used', {
    cause: postgresError(Object.assign(new Error(message), { code })),
  })

suite('what keeps a worker from starting', () => {
  const table: [string, Error, StartFailure][] = [
    ['a database that is away', ofPostgres('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'), 'passing'],
    ['a database that starts', ofPostgres('the database system is starting up', '57P03'), 'passing'],
    ['a database that stops', ofPostgres('terminating connection', '57P01'), 'passing'],
    [
      'a database without a free connection',
      ofPostgres('sorry, too many clients already', '53300'),
      'passing',
    ],
    ['a host without an address', ofPostgres('getaddrinfo ENOTFOUND db', 'ENOTFOUND'), 'passing'],
    ['a SQLite store that is locked', new Unavailable('roll.db: database is locked'), 'passing'],
    ['a wrong password', ofPostgres('password authentication failed', '28P01'), 'other'],
    ['a database that does not exist', ofPostgres('database "x" does not exist', '3D000'), 'other'],
    ['a port that is taken', Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' }), 'other'],
    ['a bug', new TypeError('x is not a function'), 'other'],
    ['a certificate that can’t be read', new ConfigurationError('--tls-cert'), 'configuration'],
  ]
  for (const [what, error, obstacle] of table) {
    test(`${what}: ${obstacle}`, () => assert.equal(startFailureOf(error), obstacle))
  }
})

suite('the primary', () => {
  const why = new RegExp(`^no worker serves, and the last ${attemptsMax} did not start: why$`)
  // The result of the last of several failed starts in a row. RegExp: it ends with this message; undefined: it retries.
  const table: [StartFailure, 'first start' | 'others serve' | 'none serves', number, RegExp | undefined][] =
    [
      ['passing', 'first start', 1000, undefined],
      ['passing', 'others serve', 1000, undefined],
      ['passing', 'none serves', 1000, undefined],
      ['configuration', 'first start', 1, /^why$/],
      ['configuration', 'others serve', 1000, undefined],
      ['configuration', 'none serves', attemptsMax - 1, undefined],
      ['configuration', 'none serves', attemptsMax, why],
      ['other', 'first start', 1, /^why$/],
      ['other', 'others serve', 1000, undefined],
      ['other', 'none serves', 1000, undefined],
    ]
  for (const [obstacle, when, failures, expected] of table) {
    const what = expected === undefined ? 'goes on' : 'ends'
    test(`${what} after ${failures} times ${obstacle} when: ${when}`, () => {
      const verdicts = new StartAttempts()
      if (when !== 'first start') verdicts.served()
      const said = Array.from({ length: failures }, () =>
        verdicts.after(new NotStarted('why', obstacle), when === 'others serve' ? 1 : 0),
      )
      const last = said.pop()
      assert.ok(said.every((each) => each === undefined))
      if (expected === undefined) assert.equal(last, undefined)
      else assert.match(last!, expected)
    })
  }

  test('counts only failures in a row', () => {
    const verdicts = new StartAttempts()
    const fails = (obstacle: StartFailure) => verdicts.after(new NotStarted('why', obstacle), 0)
    verdicts.served()
    for (let n = 0; n < 100; n++)
      assert.equal(fails(n % attemptsMax === 0 ? 'passing' : 'configuration'), undefined)
    verdicts.served()
    for (let n = 1; n < attemptsMax; n++) assert.equal(fails('configuration'), undefined)
    assert.match(fails('configuration')!, why)
  })
})
