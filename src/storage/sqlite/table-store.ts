import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { refuseUnlessNewest, statesOf } from '../migrations.ts'
import { type TableStore, Unavailable } from '../storage.ts'
import { storageError } from './errors.ts'
import { cacheOf, openAdmissionFile, openFile, openLockFile } from './files.ts'
import { appliedTo, migrate, migrationsOf, type Schema } from './migrate.ts'
import { readerOn, writerOn } from './table-rows.ts'

/** How long to wait for the lock, in milliseconds: a first start holds it briefly, a copy or a restore for long. */
const lockTimeoutMs = 1000

const files = { roll: 'roll.db', gate: 'gate.db' } as const

/** The store in the files of a folder, as its tables. */
export function sqliteTables(folder: string): TableStore {
  const pathOf = (schema: Schema) => join(folder, files[schema])

  /** Opens a file to read. Not as one that can't be written: that would leave its -wal and -shm behind. */
  function openToRead(schema: Schema): DatabaseSync {
    const path = pathOf(schema)
    const database = new DatabaseSync(existsSync(path) ? path : ':memory:')
    try {
      database.exec('PRAGMA query_only = ON; SELECT 1 FROM sqlite_schema')
      return database
    } catch (error) {
      database.close()
      throw new Error(`${path} can't be read: ${(error as Error).message}`)
    }
  }

  return {
    place: folder,
    async migrationStates() {
      return (['roll', 'gate'] as const).flatMap((schema) => {
        const database = openToRead(schema)
        try {
          return statesOf(migrationsOf(schema), appliedTo(database)).map(({ name, state }) => ({
            name: `${schema}/${name}`,
            state,
          }))
        } finally {
          database.close()
        }
      })
    },
    async migrate() {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      return (['roll', 'gate'] as const).flatMap((schema) => {
        const database =
          schema === 'roll' ? openFile(pathOf(schema), cacheOf.writer) : openAdmissionFile(pathOf(schema))
        try {
          return migrate(database, schema).map((name) => `${schema}/${name}`)
        } finally {
          database.close()
        }
      })
    },
    async read(use) {
      if (!existsSync(pathOf('roll'))) throw new Error(`there is no store in ${folder}`)
      const database = openToRead('roll')
      try {
        refuseUnlessNewest(migrationsOf('roll'), appliedTo(database))
        // The first read fixes the moment; it keeps no other process from writing.
        database.exec('BEGIN; SELECT 1 FROM fact')
        return await use(readerOn(database))
      } catch (error) {
        throw storageError(error, database)
      } finally {
        database.close()
      }
    },
    async fill(use) {
      const lock = openLockFile(join(folder, 'lock.db'))
      try {
        try {
          lock.exec(`PRAGMA busy_timeout = ${lockTimeoutMs}; BEGIN IMMEDIATE`)
        } catch {
          throw new Unavailable(`another process is filling the store in ${folder}`)
        }
        return await within(openFile(pathOf('roll'), cacheOf.reader), use)
      } finally {
        lock.close()
      }
    },
  }
}

async function within<T>(database: DatabaseSync, use: Parameters<TableStore['fill']>[0]): Promise<T> {
  try {
    refuseUnlessNewest(migrationsOf('roll'), appliedTo(database))
    database.exec('BEGIN IMMEDIATE')
    const result = await use(writerOn(database))
    database.exec('COMMIT')
    return result as T
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw storageError(error, database)
  } finally {
    database.close()
  }
}
