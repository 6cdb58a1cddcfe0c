import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { Client } from 'pg'
import { type PostgresOptions, PostgresServer } from './postgres-server.ts'
import type { Lifetime } from './process.ts'

/*
 * Real PostgreSQL for tests. `npm test` starts one server for all test files (scripts/test.ts) and names it in
 * ROLLCALL_TEST_POSTGRES; a file that is run by itself starts its own. Setting ROLLCALL_TEST_POSTGRES to the URL
 * of a superuser runs the tests on a server of one's own choice.
 */

interface Admin {
  readonly client: Client
  readonly url: string
  /** As in `CREATE DATABASE`. */
  readonly strategy: string
}

let own: Promise<PostgresServer> | undefined
let admin: Promise<Admin> | undefined

/**
 * Functions that end the servers and pools of completed tests. Hooks of the tests run in the order of registration,
 * so a server would end before the connections to it.
 */
const leftovers: (() => Promise<unknown>)[] = []

after(async () => {
  await clear()
  // If they failed, a test has failed for it.
  const connected = await admin?.catch(() => undefined)
  await connected?.client.end()
  const server = await own?.catch(() => undefined)
  await server?.close()
})

/**
 * An empty database of the test's own, as a URL. Its user owns it and may do nothing else, as in a well-kept
 * installation. Both are dropped before the file's next test gets one, or else at the file's end.
 */
export async function freshDatabase(t: Lifetime): Promise<string> {
  await clear()
  const { client, url, strategy } = await (admin ??= connect())
  const name = `rollcall_test_${randomBytes(6).toString('hex')}`
  const password = randomBytes(12).toString('hex')
  await client.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`)
  await client.query(`CREATE DATABASE ${name} OWNER ${name} TEMPLATE template0 ENCODING 'UTF8' ${strategy}`)
  t.after(() => {
    leftovers.push(async () => {
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await client.query(`DROP ROLE ${name}`)
    })
  })
  return Object.assign(new URL(url), { username: name, password, pathname: `/${name}` }).href
}

/** A server of the test's own, to stop, kill and start again. It is ended when a fresh database would be dropped. */
export async function privateServer(t: Lifetime, options: PostgresOptions = {}): Promise<PostgresServer> {
  await clear()
  const server = await PostgresServer.start(options)
  t.after(() => {
    leftovers.push(() => server.close())
  })
  return server
}

async function connect(): Promise<Admin> {
  const url = process.env.ROLLCALL_TEST_POSTGRES || (await (own ??= PostgresServer.start())).url()
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('SHOW server_version_num')
  // The quickest one where fsync is off. Before version 15 it was the only one, and had no name.
  const strategy = Number(rows[0].server_version_num) >= 150_000 ? 'STRATEGY file_copy' : ''
  return { client, url, strategy }
}

async function clear(): Promise<void> {
  for (const end of leftovers.splice(0)) await end()
}
