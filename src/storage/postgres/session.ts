import { createHash } from 'node:crypto'
import type { Row } from '../rows.ts'

export type Value = string | number | boolean | Buffer | readonly (string | number | Buffer | null)[] | null

/** The place where statements run: a connection of their own, or a transaction. */
export interface Session {
  all(sql: string, ...values: Value[]): Promise<Row[]>
  one(sql: string, ...values: Value[]): Promise<Row | undefined>
  /** Runs a statement. `all` or `one` with RETURNING report the rows that it wrote; Citus's count is of the rows sent. */
  run(sql: string, ...values: Value[]): Promise<void>
  /** Runs several statements, none of which takes values. */
  script(sql: string): Promise<void>
}

export interface Statement {
  readonly text: string
  /** Prepared under this name; without one it is sent as it is. */
  readonly name?: string
  readonly values?: unknown[]
}

export interface Answered {
  readonly rows: Row[]
}

interface Queryable {
  query(config: Statement): Promise<Answered>
}

/** A longer statement has the rows of one call in it, and is not prepared: few calls have as many. In characters. */
const preparedMax = 4000

const names = new Map<string, string>()

/** A statement is prepared once on each connection, under a name that comes from its text. */
function nameOf(sql: string): string {
  let name = names.get(sql)
  if (name === undefined) names.set(sql, (name = createHash('sha1').update(sql).digest('base64url')))
  return name
}

/**
 * A statement with its values.
 * @param prepared whether to prepare it for the next time: only on a connection that keeps the server's session
 */
export const statement = (text: string, values: readonly Value[], prepared: boolean): Statement => ({
  ...(prepared && text.length <= preparedMax && { name: nameOf(text) }),
  text,
  values: values as unknown[],
})

export function sessionOn(client: Queryable, prepared: boolean): Session {
  const query = (text: string, values: readonly Value[]) => client.query(statement(text, values, prepared))
  return {
    all: async (sql, ...values) => (await query(sql, values)).rows,
    one: async (sql, ...values) => (await query(sql, values)).rows[0],
    run: async (sql, ...values) => {
      await query(sql, values)
    },
    script: async (sql) => {
      await client.query({ text: sql })
    },
  }
}
