import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import type { JournalLine } from '../../importer/journal.ts'
import type { Account, Reading, Target } from './messages.ts'

/** An unfinished import in the browser's storage. */
export interface StoredImport {
  readonly id: string
  readonly account: Account
  readonly target: Target
  readonly fileName: string
  /** The file itself. */
  readonly file: Blob
  readonly reading: Reading
  /** Start of the import, milliseconds since 1970. */
  readonly begun: number
  /** Rows that were verified. */
  readonly rows: number
}

/** A journal line of an import, ordered by key. */
export interface StoredLine {
  readonly of: string
  readonly line: JournalLine
  /** ApplyIds since the previous line: imports started by earlier releases have them here. */
  readonly applyIds?: readonly string[]
}

/**
 * The owner of an import, a random name generated for each start and resume; and the time worked so far, in
 * milliseconds.
 */
interface StoredLock {
  readonly id: string
  readonly holder: string
  readonly milliseconds: number
}

interface Tables extends DBSchema {
  imports: { key: string; value: StoredImport }
  lines: { key: number; value: StoredLine; indexes: { of: string } }
  holds: { key: string; value: StoredLock }
}

/** Another tab has resumed or discarded the import: the previous owner must not send anything more. */
export class TakenOver extends Error {}

const all = ['imports', 'lines', 'holds'] as const
const durably = { durability: 'strict' } as const

/** Unfinished imports are deleted after this time, in milliseconds: 30 days. */
const keptMsMax = 30 * 24 * 60 * 60 * 1000

async function forgetIn(
  transaction: IDBPTransaction<Tables, typeof all, 'readwrite'>,
  id: string,
): Promise<void> {
  const lines = transaction.objectStore('lines')
  const keys = await lines.index('of').getAllKeys(id)
  await Promise.all([
    transaction.objectStore('imports').delete(id),
    transaction.objectStore('holds').delete(id),
    ...keys.map((key) => lines.delete(key)),
  ])
}

/** The imports stored in this browser, for all tabs of this endpoint. */
export class ImportStore {
  readonly #tables: IDBPDatabase<Tables>

  private constructor(tables: IDBPDatabase<Tables>) {
    this.#tables = tables
  }

  /**
   * Opens the storage and deletes expired imports of all accounts, because secrets must not remain after a
   * server is gone.
   * @param now milliseconds since 1970
   * @throws DOMException if the browser stores nothing
   */
  static async open(now: number): Promise<ImportStore> {
    const tables = await openDB<Tables>('rollcall-import', 1, {
      upgrade(fresh) {
        fresh.createObjectStore('imports', { keyPath: 'id' })
        fresh.createObjectStore('lines', { autoIncrement: true }).createIndex('of', 'of')
        fresh.createObjectStore('holds', { keyPath: 'id' })
      },
    })
    const transaction = tables.transaction(all, 'readwrite', durably)
    const imports = await transaction.objectStore('imports').getAll()
    const old = imports.filter(({ begun }) => now - begun > keptMsMax)
    await Promise.all([...old.map(({ id }) => forgetIn(transaction, id)), transaction.done])
    return new ImportStore(tables)
  }

  /** Returns an account's imports with their journals, newest first. */
  async of(
    accountId: string,
  ): Promise<{ readonly one: StoredImport; readonly lines: readonly StoredLine[] }[]> {
    const transaction = this.#tables.transaction(all)
    const imports = await transaction.objectStore('imports').getAll()
    const own = imports.filter(({ account }) => account.id === accountId).sort((a, b) => b.begun - a.begun)
    return Promise.all(
      own.map(async (one) => ({
        one,
        lines: await transaction.objectStore('lines').index('of').getAll(one.id),
      })),
    )
  }

  /** Stores a new import and its owner; resolves once it is on disk. */
  async begin(one: StoredImport, holder: string): Promise<void> {
    const transaction = this.#tables.transaction(all, 'readwrite', durably)
    await Promise.all([
      transaction.objectStore('imports').put(one),
      transaction.objectStore('holds').put({ id: one.id, holder, milliseconds: 0 }),
      transaction.done,
    ])
  }

  /**
   * Takes over an import: from now on no other tab can write to it.
   * @returns undefined if it does not exist or belongs to another account
   */
  async take(id: string, accountId: string, holder: string) {
    const transaction = this.#tables.transaction(all, 'readwrite', durably)
    const one = await transaction.objectStore('imports').get(id)
    if (one === undefined || one.account.id !== accountId) return undefined
    const lines = await transaction.objectStore('lines').index('of').getAll(id)
    const holds = transaction.objectStore('holds')
    const milliseconds = (await holds.get(id))?.milliseconds ?? 0
    await Promise.all([holds.put({ id, holder, milliseconds }), transaction.done])
    return { one, lines, milliseconds }
  }

  /**
   * Appends lines to an import's journal; resolves once they are on disk.
   * @param milliseconds time worked so far
   * @throws TakenOver
   */
  async write(
    id: string,
    holder: string,
    written: readonly JournalLine[],
    milliseconds: number,
  ): Promise<void> {
    const transaction = this.#tables.transaction(all, 'readwrite', durably)
    const holds = transaction.objectStore('holds')
    if ((await holds.get(id))?.holder !== holder)
      throw new TakenOver('The import was taken up in another tab, or discarded there.')
    await Promise.all([
      ...written.map((line) => transaction.objectStore('lines').add({ of: id, line })),
      holds.put({ id, holder, milliseconds }),
      transaction.done,
    ])
  }

  /** Deletes an account's import. */
  async forget(id: string, accountId: string): Promise<void> {
    const transaction = this.#tables.transaction(all, 'readwrite', durably)
    const one = await transaction.objectStore('imports').get(id)
    if (one !== undefined && one.account.id !== accountId) return
    await Promise.all([forgetIn(transaction, id), transaction.done])
  }
}
