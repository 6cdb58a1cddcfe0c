import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Client } from 'pg'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { TestClock } from '../support/deterministic.ts'
import { conformance } from './conformance.ts'

/**
 * The conformance suite on a store that is spread by Citus, with the commands of docs/guide/scale-out.md. Debian
 * has no package of Citus, so it runs where ROLLCALL_TEST_CITUS names a database of a cluster.
 */
const cluster = process.env.ROLLCALL_TEST_CITUS

if (cluster === undefined) {
  test('storage spread by Citus', { skip: 'ROLLCALL_TEST_CITUS names no cluster' }, () => {})
} else {
  const guide = readFileSync(new URL('../../docs/guide/scale-out.md', import.meta.url), 'utf8')
  const [, commands] = /```sql\n([^`]*)```/.exec(guide)!
  const clock = new TestClock()
  const options = { connections: 4, testClock: true }
  let schema = ''
  let url = ''

  const onCluster = async (at: string, sql: string) => {
    const client = new Client({ connectionString: at })
    await client.connect()
    try {
      for (const statement of sql.split(';')) if (statement.trim() !== '') await client.query(statement)
    } finally {
      await client.end()
    }
  }

  conformance(
    {
      name: 'PostgreSQL spread by Citus',
      async open(clock) {
        schema = `rollcall_test_${randomBytes(6).toString('hex')}`
        await onCluster(cluster, `CREATE SCHEMA ${schema}`)
        const inSchema = new URL(cluster)
        inSchema.searchParams.set('options', `-c search_path=${schema}`)
        url = inSchema.href
        // Made, spread, and opened anew: connections ask once whether Citus is there.
        await (await openPostgres(url, clock, options)).close()
        await onCluster(url, commands!)
        return openPostgres(url, clock, options)
      },
      openAgain: (clock) => openPostgres(url, clock, options),
      clean: () => onCluster(cluster, `DROP SCHEMA ${schema} CASCADE`),
      cannot: [],
    },
    clock,
  )
}
