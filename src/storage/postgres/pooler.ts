import { Client } from 'pg'
import { Unavailable } from '../storage.ts'
import { clientConfig, connectTimeoutMs } from './address.ts'
import { isTimeout, storageError } from './errors.ts'
import { type Greeting, greeting } from './settings.ts'

/**
 * Whether a connection pooler, such as PgBouncer, stands between this process and the database.
 * @throws Unavailable when the database can't be reached, with what to change if a pooler refuses the connection
 */
export async function isBehindPooler(url: string): Promise<boolean> {
  const client = new Client(clientConfig(url))
  client.on('error', () => {})
  try {
    await client.connect()
    const { processID } = client as Client & { processID: number }
    const text = greeting(processID, undefined)
    const { rows } = await client.query<Greeting>({ text, query_timeout: connectTimeoutMs } as {
      text: string
    })
    if (rows[0]!.direct) return false
    // A pooler of single statements refuses a transaction and closes the connection. Only a client that writes nothing
    // behind the BEGIN reads why.
    await client.query('BEGIN')
    await client.query('ROLLBACK')
    return true
  } catch (error) {
    if (!isTimeout(error)) throw storageError(error)
    throw new Unavailable(
      `no answer to a first statement within ${connectTimeoutMs / 1000} seconds; if a connection pooler is between, ` +
        'all of its server connections are in use',
      { cause: error },
    )
  } finally {
    client.end().catch(() => {})
  }
}
