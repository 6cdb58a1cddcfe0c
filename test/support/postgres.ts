import { randomBytes } from 'node:crypto'
import { after, type TestContext } from 'node:test'
import { Client } from 'pg'
import { type PostgresOptions, PostgresServer } from './postgres-server.ts'

/*
 * Real PostgreSQL for tests. `npm test` starts one server for all test files (scripts/test.ts) and names it in
 * ROLLCALL_TEST_POSTGRES; a file that is run by itself starts its own. Setting ROLLCALL_TEST_POSTGRES to the URL
 * of a superuser runs the tests on a server of one's own choice.
 */

let own: Promise<PostgresServer> | undefined
let admin: Promise<Admin> | undefined
/** Databases whose tests are done. Their last connections may be about to be closed only. */
const done: string[] = []

/** A test, or what stands for one. */
type Lifetime = Pick<TestContext, 'after'>

interface Admin {
  readonly client: Client
  readonly url: string
  /** As in `CREATE DATABASE`. */
  readonly strategy: string
}

after(async () => {
  // Where it came to nothing a test has failed by it.
  const client = (await admin?.catch(() => undefined))?.client
  if (client) {
    await dropDone(client)
    await client.end()
  }
  await (await own?.catch(() => undefined))?.close()
})

/** An empty database of the test's own, as a URL. It is dropped some time after the test, whoever is connected. */
export async function freshDatabase(t: Lifetime): Promise<string> {
  const { client, url, strategy } = await (admin ??= connect())
  await dropDone(client)
  const name = `rollcall_test_${randomBytes(6).toString('hex')}`
  await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' ${strategy}`)
  // Not dropped here: hooks run in the order in which they were given, so the test's own, which closes what is
  // connected, comes after this one.
  t.after(() => {
    done.push(name)
  })
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}

/** A server of the test's own, to stop, kill and start again. */
export async function privateServer(t: Lifetime, options: PostgresOptions = {}): Promise<PostgresServer> {
  const server = await PostgresServer.start(options)
  t.after(() => server.close())
  return server
}

async function connect(): Promise<Admin> {
  const url = process.env.ROLLCALL_TEST_POSTGRES ?? (await (own ??= PostgresServer.start())).url()
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('SHOW server_version_num')
  // The quickest one where fsync is off. Before version 15 it was the only one, and had no name.
  const strategy = Number(rows[0].server_version_num) >= 150_000 ? 'STRATEGY file_copy' : ''
  return { client, url, strategy }
}

async function dropDone(client: Client): Promise<void> {
  for (const name of done.splice(0)) await client.query(`DROP DATABASE ${name} WITH (FORCE)`)
}
