import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { type CitusCluster, fewShards } from '../support/citus-cluster.ts'
import type { TestClock } from '../support/deterministic.ts'
import { onPostgres } from '../support/nodes.ts'

const guide = readFileSync('docs/guide/scale-out.md', 'utf8')
const [everywhere, workers, spreading, shards, another] = [...guide.matchAll(/^```sql\n(.*?)^```/gms)].map(
  ([, block]) => block!,
) as [string, string, string, string, string]

/** The guide's SQL: for every server, for the coordinator, for the tables, to look at their shards, for another worker. */
export const guideSql = { everywhere, workers, spreading, shards, another }

/** An empty store in a schema of its own, spread with the guide's SQL; gives its URL. */
export async function spreadSchema(cluster: CitusCluster, clock: TestClock): Promise<string> {
  const schema = `rollcall_test_${randomBytes(6).toString('hex')}`
  await onPostgres(cluster.url, `CREATE SCHEMA ${schema}`)
  const url = new URL(cluster.url)
  url.searchParams.set('options', `-c search_path=${schema} ${fewShards}`)
  await (await openPostgres(url.href, clock, { connections: 4, testClock: true })).close()
  await onPostgres(url.href, spreading)
  return url.href
}

/** Drops the schema of such a store. */
export async function dropSchema(cluster: CitusCluster, url: string): Promise<void> {
  const [, schema] = /search_path=(\w+)/.exec(new URL(url).searchParams.get('options')!)!
  await onPostgres(cluster.url, `DROP SCHEMA ${schema} CASCADE`)
}
