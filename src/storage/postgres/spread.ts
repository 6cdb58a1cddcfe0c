import type { Connections } from './connections.ts'

/**
 * Whether Citus spreads the devices over workers. If so, this also makes Citus manage the table of marks.
 *
 * Citus commits a transaction that wrote to one worker in two steps: the worker's part first, then the coordinator's,
 * such as the product's count of devices. If the coordinator is killed between them, half of it is there. With two
 * tables of Citus written, on the worker and on the coordinator, it is a two-phase commit; and every transaction
 * writes a mark.
 *
 * @throws Error if Citus does not know the coordinator's own address
 */
export async function spreadsDevices(database: Connections): Promise<boolean> {
  const citus = await database.one(`SELECT 1 FROM pg_extension WHERE extname = 'citus'`)
  if (citus === undefined || !(await isManaged(database, 'device'))) return false
  if (await isManaged(database, 'commit_mark')) return true
  await database.alone('migrations', async () => {
    // Another node that started at the same moment may have done it.
    if (await isManaged(database, 'commit_mark')) return
    await database.allOnce(`SELECT citus_add_local_table_to_metadata('commit_mark')`).catch(explain)
  })
  return true
}

const isManaged = async (database: Connections, table: string) =>
  (await database.one('SELECT 1 FROM pg_dist_partition WHERE logicalrelid = $1::regclass', table)) !==
  undefined

function explain(error: Error): never {
  if (!/metadata/.test(error.message)) throw error
  const remedy = 'run citus_set_coordinator_host on the coordinator first, as docs/guide/scale-out.md has it'
  throw new Error(`Citus can't manage the table commit_mark: ${error.message}; ${remedy}`, { cause: error })
}
