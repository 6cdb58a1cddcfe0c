import { type Applied, type Migration, migrationsIn, outstanding } from '../migrations.ts'
import type { Connections, Session } from './connections.ts'

export const migrations = (): Migration[] => migrationsIn(new URL('migrations/', import.meta.url))

/**
 * Brings a database to the newest schema, each migration in a transaction of its own.
 * @returns the names of those that were applied
 * @throws Error when an applied file has changed since, or the database is newer than this program
 */
export async function migrate(database: Connections): Promise<string[]> {
  const files = migrations()
  // Most starts find nothing to do, and then wait for no other process.
  if (outstanding(files, await appliedTo(database)).length === 0) return []
  return database.alone('migrations', async () => {
    await database.allOnce(
      'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, checksum text NOT NULL)',
    )
    const missing = outstanding(files, await appliedTo(database))
    for (const { name, sql, checksum } of missing) {
      await database.transaction(async (session) => {
        await session.script(sql)
        await session.run('INSERT INTO migration (name, checksum) VALUES ($1, $2)', name, checksum)
      }, false)
    }
    return missing.map(({ name }) => name)
  })
}

/** The migrations applied to a database so far, in order. */
export async function appliedTo(database: Pick<Session, 'all' | 'one'>): Promise<Applied[]> {
  const made = await database.one(`SELECT to_regclass('migration') AS it`)
  if (made?.it === null) return []
  return (await database.all('SELECT name, checksum FROM migration ORDER BY name')) as Applied[]
}
