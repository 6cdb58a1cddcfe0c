import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import type { JournalLine } from '../../importer/journal.ts'
import type { Account, Reading, Target } from './messages.ts'

/** An import as the browser keeps it until it ends. */
export interface StoredImport {
  readonly id: string
  readonly account: Account
  readonly target: Target
  readonly fileName: string
  /** The file itself. */
  readonly file: Blob
  readonly reading: Reading
  /** Milliseconds since 1970. */
  readonly begun: number
  /** Rows that were verified. */
  readonly rows: number
}

/** A line of an import's journal; their order is that of their keys. */
export interface StoredLine {
  readonly of: string
  readonly line: JournalLine
  /** ApplyIds that came since the line before: imports begun by earlier releases have them here. */
  readonly applyIds?: readonly string[]
}

/** Who is at an import: a name drawn anew each time that it is taken up. And how long it was worked on, in milliseconds. */
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

/** So long is an import kept that does not end, in milliseconds: 30 days. */
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

/** What this browser keeps of imports, for all tabs of this endpoint. */
export class ImportStore {
  readonly #tables: IDBPDatabase<Tables>

  private constructor(tables: IDBPDatabase<Tables>) {
    this.#tables = tables
  }

  /**
   * Opens it, and forgets imports of any account that nobody has ended in time: secrets must not stay because a server is
   * gone.
   * @param now milliseconds since 1970
   * @throws DOMException where the browser keeps nothing
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

  /** Imports of an account with their journals, the latest first. */
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

  /** Keeps an import that is about to begin, and who begins it; it is on the disk when this resolves. */
  async begin(one: StoredImport, holder: string): Promise<void> {
    const transaction = this.#tables.transaction(all, 'readwrite', durably)
    await Promise.all([
      transaction.objectStore('imports').put(one),
      transaction.objectStore('holds').put({ id: one.id, holder, milliseconds: 0 }),
      transaction.done,
    ])
  }

  /**
   * Takes an import up: from now on nobody else can write of it.
   * @returns undefined where there is none, or it is another account's
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
   * Writes lines behind an import's journal; they are on the disk when this resolves.
   * @param milliseconds how long it was worked on so far
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

  /** Forgets an import of an account. */
  async forget(id: string, accountId: string): Promise<void> {
    const transaction = this.#tables.transaction(all, 'readwrite', durably)
    const one = await transaction.objectStore('imports').get(id)
    if (one !== undefined && one.account.id !== accountId) return
    await Promise.all([forgetIn(transaction, id), transaction.done])
  }
}
