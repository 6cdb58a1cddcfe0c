import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { type Cell, type Table, unfinishedFact } from '../content.ts'
import type { TableReader, TableWriter } from '../storage.ts'

/** Texts that are stored as bytes, so that no copy is decoded on the way to a node's memory. */
const isKeptAsBytes = (table: Table, column: string) => table.name === 'name_change' && column === 'names'

function selectOf(table: Table): string {
  const columns = Object.keys(table.columns).map((column) =>
    isKeptAsBytes(table, column) ? `CAST(${column} AS TEXT)` : column,
  )
  const where = table.where === undefined ? '' : ` WHERE ${table.where}`
  return `SELECT ${columns.join(', ')} FROM ${table.name}${where} ORDER BY ${table.key.join(', ')}`
}

function insertOf(table: Table): string {
  const columns = Object.keys(table.columns)
  const values = columns.map((column) => (isKeptAsBytes(table, column) ? 'CAST(? AS BLOB)' : '?'))
  return `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${values.join(', ')})`
}

const placesOfBooleans = (table: Table) =>
  Object.values(table.columns).flatMap((type, place) => (type === 'boolean' ? [place] : []))

export function readerOn(database: DatabaseSync): TableReader {
  const one = (sql: string) => database.prepare(sql).get() as Record<string, number | string> | undefined
  const next = (sql: string) => one(sql)!.next as number
  /** If no counter is kept, the database gives the number after the highest. */
  const afterLast = (table: string) => next(`SELECT coalesce(max(id), 0) + 1 AS next FROM ${table}`)
  return {
    async *rows(table) {
      const booleans = placesOfBooleans(table)
      const statement = database.prepare(selectOf(table))
      statement.setReturnArrays(true)
      let rows: Cell[][] = []
      for (const row of statement.iterate() as unknown as Iterable<Cell[]>) {
        for (const place of booleans) row[place] = row[place] === 1
        if (rows.push(row) < table.rowsAtOnce) continue
        yield rows
        rows = []
      }
      if (rows.length > 0) yield rows
    },
    count: async (table) =>
      one(`SELECT count(*) AS count FROM ${table.name}${table.where ? ` WHERE ${table.where}` : ''}`)!
        .count as number,
    counters: async () => ({
      device_number: next(`SELECT next FROM counter WHERE name = 'device number'`),
      product: next(`SELECT next FROM counter WHERE name = 'product'`),
      apply_id: next(`SELECT seq + 1 AS next FROM sqlite_sequence WHERE name = 'batch'`),
      data_key: afterLast('data_key'),
      account: afterLast('account'),
      ram_user: afterLast('ram_user'),
      instance: afterLast('instance'),
      device_group: afterLast('device_group'),
    }),
    unfinished: async () =>
      one(`SELECT value FROM fact WHERE name = '${unfinishedFact}'`)?.value as string | undefined,
  }
}

export function writerOn(database: DatabaseSync): TableWriter {
  const inserts = new Map<string, StatementSync>()
  return {
    ...readerOn(database),
    async insert(table, rows) {
      const sql = insertOf(table)
      const booleans = placesOfBooleans(table)
      let statement = inserts.get(sql)
      if (statement === undefined) inserts.set(sql, (statement = database.prepare(sql)))
      for (const row of rows) {
        const values = booleans.length === 0 ? row : row.slice()
        for (const place of booleans) values[place] = Number(values[place])
        statement.run(...(values as SQLInputValue[]))
      }
    },
    async deleteAfter(table, key) {
      const where = [
        ...(table.where === undefined ? [] : [table.where]),
        ...(key === undefined ? [] : [`(${table.key.join(', ')}) > (${key.map(() => '?').join(', ')})`]),
      ]
      const sql = `DELETE FROM ${table.name}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`
      database.prepare(sql).run(...((key ?? []) as SQLInputValue[]))
    },
    async raiseCounters({ device_number, product, apply_id }) {
      // The others go by the highest row.
      const raise = database.prepare('UPDATE counter SET next = max(next, ?) WHERE name = ?')
      raise.run(device_number ?? 0, 'device number')
      raise.run(product ?? 0, 'product')
      database
        .prepare(`UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'batch'`)
        .run((apply_id ?? 1) - 1)
    },
    async noteUnfinished(what) {
      database.prepare('DELETE FROM fact WHERE name = ?').run(unfinishedFact)
      if (what !== undefined) database.prepare('INSERT INTO fact VALUES (?, ?)').run(unfinishedFact, what)
    },
    async commit() {
      database.exec('COMMIT; BEGIN IMMEDIATE')
    },
  }
}
