/** The reference for imports: the same rows written directly, with the same durability. */
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import type { Device } from './workload.ts'

/** Writes one batch; resolves when it is on disk. */
export interface Bare {
  write(batch: readonly Device[]): Promise<void>
  close(): Promise<void>
}

/**
 * A table of three columns with a unique index on the name; one prepared statement per row, one transaction.
 */
export function bareSqlite(path: string): Bare {
  const database = new DatabaseSync(path)
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -131072;
    CREATE TABLE device (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, secret TEXT, sn TEXT) STRICT`)
  const insert = database.prepare('INSERT INTO device (name, secret, sn) VALUES (?, ?, ?)')
  return {
    async write(batch) {
      database.exec('BEGIN')
      for (const { DeviceName, DeviceSecret, Sn } of batch) insert.run(DeviceName, DeviceSecret, Sn)
      database.exec('COMMIT')
    },
    close: async () => database.close(),
  }
}

/** The same in PostgreSQL, one INSERT from arrays. */
export async function barePostgres(url: string): Promise<Bare> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('CREATE TABLE bare_device (name text COLLATE "C" PRIMARY KEY, secret text, sn text)')
  return {
    async write(batch) {
      const column = (member: keyof Device) => batch.map((device) => device[member]).join()
      await client.query({
        name: 'insert',
        text: `INSERT INTO bare_device SELECT * FROM unnest(
          string_to_array($1, ','), string_to_array($2, ','), string_to_array($3, ','))`,
        values: [column('DeviceName'), column('DeviceSecret'), column('Sn')],
      })
    },
    close: () => client.end(),
  }
}
