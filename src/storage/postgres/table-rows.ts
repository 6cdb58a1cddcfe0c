import type { Client } from 'pg'
import { type Cell, type Counters, counterNames, type Table, unfinishedFact } from '../content.ts'
import type { Row } from '../rows.ts'
import type { TableReader, TableWriter } from '../storage.ts'
import { insertOfArrays } from './insert.ts'

/** The key's columns; texts in the order of their bytes, not of the database's language. */
const keyOf = ({ key, columns }: Table) =>
  key.map((column) => (columns[column] === 'text' ? `${column} COLLATE "C"` : column)).join(', ')

/** The sequence behind each counter. */
const sequenceOf = (name: keyof Counters) =>
  name === 'device_number' || name === 'apply_id'
    ? `'${name}'::regclass`
    : `pg_get_serial_sequence('${name}', 'id')::regclass`

export function readerOn(client: Client): TableReader {
  let cursors = 0
  const one = async (sql: string) => (await client.query<Row>(sql)).rows[0]

  async function counter(name: keyof Counters): Promise<number> {
    const { sequence } = (await one(`SELECT ${sequenceOf(name)}::text AS sequence`))!
    const { next } = (await one(
      `SELECT s.last_value + CASE WHEN s.is_called THEN p.seqincrement ELSE 0 END AS next
       FROM ${sequence} s, pg_sequence p WHERE p.seqrelid = '${sequence}'::regclass`,
    ))!
    return next
  }

  return {
    async *rows(table) {
      const cursor = `rows_${++cursors}`
      const where = table.where === undefined ? '' : ` WHERE ${table.where}`
      await client.query(
        `DECLARE ${cursor} NO SCROLL CURSOR FOR
         SELECT ${Object.keys(table.columns).join(', ')} FROM ${table.name}${where} ORDER BY ${keyOf(table)}`,
      )
      try {
        for (;;) {
          const text = `FETCH ${table.rowsAtOnce} FROM ${cursor}`
          const { rows } = await client.query<Cell[]>({ text, rowMode: 'array' })
          if (rows.length > 0) yield rows
          if (rows.length < table.rowsAtOnce) return
        }
      } finally {
        // If the transaction failed, the cursor is gone with it.
        await client.query(`CLOSE ${cursor}`).catch(() => {})
      }
    },
    async count(table) {
      const where = table.where === undefined ? '' : ` WHERE ${table.where}`
      return (await one(`SELECT count(*) AS count FROM ${table.name}${where}`))!.count
    },
    async counters() {
      const counters: Partial<Record<keyof Counters, number>> = {}
      for (const name of counterNames) counters[name] = await counter(name)
      return counters as Counters
    },
    unfinished: async () => (await one(`SELECT value FROM fact WHERE name = '${unfinishedFact}'`))?.value,
  }
}

/** @param settings the SQL that each transaction begins with */
export function writerOn(client: Client, settings: string): TableWriter {
  const reader = readerOn(client)
  return {
    ...reader,
    async insert(table, rows) {
      const columns = Object.entries(table.columns).map(([name, type]) => ({ name, type }))
      const text = insertOfArrays(table.name, columns)
      const values = columns.map((_, place) => rows.map((row) => row[place]))
      await client.query({ text, values })
    },
    async deleteAfter(table, key) {
      const where = table.where === undefined ? [] : [table.where]
      if (key !== undefined) where.push(`(${keyOf(table)}) > (${key.map((_, i) => `$${i + 1}`).join(', ')})`)
      const text = `DELETE FROM ${table.name}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`
      await client.query(text, key === undefined ? [] : [...key])
    },
    async raiseCounters(counters) {
      const present = await reader.counters()
      for (const name of counterNames) {
        const next = counters[name]
        if (next !== undefined && next > present[name])
          await client.query(`SELECT setval(${sequenceOf(name)}, $1, false)`, [next])
      }
    },
    async noteUnfinished(what) {
      await client.query('DELETE FROM fact WHERE name = $1', [unfinishedFact])
      if (what !== undefined) await client.query('INSERT INTO fact VALUES ($1, $2)', [unfinishedFact, what])
    },
    async commit() {
      // In one message: between two a pooler might give the server connection to another client.
      await client.query(`COMMIT; BEGIN; ${settings}`)
    },
  }
}
