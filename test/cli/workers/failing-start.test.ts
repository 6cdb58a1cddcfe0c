import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { suite, type TestContext, test } from 'node:test'
import { type StartFailure, startFailureOf } from '../../../src/cli/workers/start-failure.ts'
import { type RawSettings, readConfig } from '../../../src/config.ts'
import { start } from '../../../src/main.ts'
import { freePort } from '../../support/free-port.ts'
import { freshDatabase } from '../../support/postgres.ts'
import { type Place, temporaryPlace } from '../../support/process.ts'

/** A start that fails: what is wrong with it, what the primary must make of that, and which words the operator sees. */
interface Case {
  readonly what: string
  readonly obstacle: StartFailure
  readonly says: RegExp
  /** Arranges it in a folder with a store that was served before. */
  arrange(here: Place, t: TestContext): RawSettings | Promise<RawSettings>
  readonly masterKey?: string
}

const otherKey = `${'00'.repeat(32)}\n`

const cases: Case[] = [
  {
    what: 'a certificate that is not there',
    obstacle: 'configuration',
    says: /^--tls-cert .*no\.pem can't be read/,
    arrange: (here) => ({ tlsCert: here.file('no.pem'), tlsKey: here.file('no.key') }),
  },
  {
    what: 'a certificate and a key that are none',
    obstacle: 'configuration',
    says: /^--tls-cert .*a\.pem and --tls-key .* don't fit/,
    arrange(here) {
      writeFileSync(here.file('a.pem'), 'this is a text')
      return { tlsCert: here.file('a.pem'), tlsKey: here.file('a.pem') }
    },
  },
  {
    what: 'a key of the self-signed certificate that is none',
    obstacle: 'configuration',
    says: /tls\.key is no P-256 or RSA key/,
    arrange(here) {
      writeFileSync(here.file('data/tls.key'), 'this is a text')
      return { tls: 'self-signed' }
    },
  },
  {
    what: 'the master key of another store',
    obstacle: 'configuration',
    says: /master\.key is not the key of this store/,
    arrange(here) {
      writeFileSync(here.file('data/master.key'), otherKey)
      return {}
    },
  },
  {
    what: 'no master key',
    obstacle: 'configuration',
    says: /master\.key is missing/,
    arrange(here) {
      rmSync(here.file('data/master.key'))
      return {}
    },
  },
  {
    what: 'a master key in the variable that is none',
    obstacle: 'configuration',
    says: /^ROLLCALL_MASTER_KEY must hold 64 hexadecimal digits/,
    arrange: () => ({}),
    masterKey: 'abc',
  },
  {
    what: 'another master key in the variable',
    obstacle: 'configuration',
    says: /master key is not the one that this store was made with/,
    arrange: () => ({}),
    masterKey: otherKey.trim(),
  },
  {
    what: 'a store of a newer Rollcall',
    obstacle: 'configuration',
    says: /made by a newer Rollcall/,
    arrange(here) {
      const roll = new DatabaseSync(here.file('data/roll.db'))
      roll.exec(`INSERT INTO migration (name, checksum) VALUES ('9999-later.sql', '')`)
      roll.close()
      return {}
    },
  },
  {
    what: 'a store that another process has to itself',
    obstacle: 'passing',
    says: /gate\.db can't be opened: database is locked/,
    arrange(here, t) {
      const gate = new DatabaseSync(here.file('data/gate.db'))
      t.after(() => gate.close())
      gate.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; DELETE FROM nonce; COMMIT')
      return {}
    },
  },
  {
    what: 'a port that is taken',
    obstacle: 'other',
    says: /^port \d+ of 127\.0\.0\.1 is in use/,
    async arrange(_, t) {
      const other = createServer()
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      t.after(() => other.close())
      return { port: `${(other.address() as { port: number }).port}` }
    },
  },
  {
    what: 'an address of another machine',
    obstacle: 'other',
    says: /EADDRNOTAVAIL/,
    arrange: () => ({ host: '192.0.2.1' }),
  },
  {
    what: 'a seed that is no JSON',
    obstacle: 'other',
    says: /seed file .* can't be read as JSON/,
    arrange(here) {
      writeFileSync(here.file('seed.json'), '{')
      return { seed: here.file('seed.json') }
    },
  },
  {
    what: 'a data folder that can’t be made',
    obstacle: 'other',
    says: /ENOTDIR/,
    arrange(here) {
      writeFileSync(here.file('file'), '')
      return { data: here.file('file/data') }
    },
  },
  {
    what: 'a database that is away',
    obstacle: 'passing',
    says: /^the database can't be used: .*ECONNREFUSED/,
    arrange: async () => ({ database: `postgres://rollcall:x@127.0.0.1:${await freePort()}/rollcall` }),
  },
  {
    what: 'a wrong password',
    obstacle: 'other',
    says: /^the database can't be used: password authentication failed/,
    arrange: async (_, t) => ({
      database: Object.assign(new URL(await freshDatabase(t)), { password: 'wrong' }).href,
    }),
  },
  {
    what: 'a database that does not exist',
    obstacle: 'other',
    says: /^the database can't be used: database "no-such" does not exist/,
    arrange: async (_, t) => ({
      database: Object.assign(new URL(await freshDatabase(t)), { pathname: '/no-such' }).href,
    }),
  },
]

suite('a worker that does not start reports', () => {
  for (const { what, obstacle, says, arrange, masterKey } of cases) {
    test(`${obstacle} of ${what}`, async (t) => {
      const here = temporaryPlace(t)
      const environment = masterKey === undefined ? {} : { ROLLCALL_MASTER_KEY: masterKey }
      const config = (given: RawSettings, env = {}) =>
        readConfig({ data: here.file('data'), port: '0', logLevel: 'silent', ...given }, env)
      mkdirSync(here.file('data'))
      await (await start(config({}))).close()
      const given = await arrange(here, t)
      await assert.rejects(start(config(given, environment)), (error: Error) => {
        assert.match(error.message, says)
        assert.equal(startFailureOf(error), obstacle)
        return true
      })
    })
  }
})
