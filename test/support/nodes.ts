import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import { actions } from '../../src/actions/index.ts'
import { openStore, type Store } from '../../src/main.ts'
import { freshDatabase } from './postgres.ts'
import { type Lifetime, type Place, type Process, temporaryPlace } from './process.ts'
import { credentials } from './server.ts'
import { call, type Parameters, type Reply, type Signing } from './sign.ts'

/** The kinds of store. */
export const drivers = ['SQLite', 'PostgreSQL'] as const
export type DriverName = (typeof drivers)[number]

/** A place whose servers share one store, with credentials known to tests. */
export interface SharedStore {
  readonly place: Place
  /** The URL of the database; undefined for SQLite in the folder. */
  readonly database: string | undefined
  /** Opens the store directly, as a command does. */
  open(): Promise<Store>
  /** Runs SQL directly on the store, bypassing Rollcall. A `?` stands for a value. */
  sql(text: string, ...values: (string | number)[]): Promise<Record<string, unknown>[]>
}

/** @param database an empty PostgreSQL database; a new one if omitted */
export async function sharedStore(t: Lifetime, driver: DriverName, database?: string): Promise<SharedStore> {
  const url = driver === 'SQLite' ? undefined : (database ?? (await freshDatabase(t)))
  const place = temporaryPlace(t).with({
    ROLLCALL_ACCESS_KEY_ID: credentials.accessKeyId,
    ROLLCALL_ACCESS_KEY_SECRET: credentials.accessKeySecret,
    ROLLCALL_PRODUCT_KEY: credentials.productKey,
    ...(url !== undefined && { ROLLCALL_DATABASE: url }),
  })
  return {
    place,
    database: url,
    async open() {
      const store = await openStore({ folder: place.file('data'), database: url, masterKey: undefined })
      t.after(() => store.close())
      return store
    },
    sql: (text, ...values) =>
      url === undefined ? onSqlite(place.file('data/roll.db'), text, values) : onPostgres(url, text, values),
  }
}

async function onSqlite(path: string, text: string, values: readonly (string | number)[]) {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false, timeout: 5000 })
  try {
    return database.prepare(text).all(...values) as Record<string, unknown>[]
  } finally {
    database.close()
  }
}

export async function onPostgres(url: string, text: string, values: readonly (string | number)[] = []) {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    let n = 0
    return (
      await client.query(
        text.replaceAll('?', () => `$${++n}`),
        [...values],
      )
    ).rows
  } finally {
    await client.end()
  }
}

export interface Node {
  readonly url: string
  readonly process: Process
}

/** Starts `count` servers on one store; the first one has filled it. */
export async function nodesOn({ place }: SharedStore, count: number, ...flags: string[]): Promise<Node[]> {
  const first = await place.serve(...flags)
  const others = Array.from({ length: count - 1 }, () => place.serve(...flags))
  return [first, ...(await Promise.all(others))]
}

/** Calls an action for the first account's product in the public instance. */
export const ask = (
  { url }: Pick<Node, 'url'>,
  action: string,
  parameters: Parameters = {},
  signing: Signing = {},
): Promise<Reply> => {
  // An operation would refuse or log a parameter that it does not have.
  const takesProduct = actions.find(({ name }) => name === action)?.parameters.ProductKey !== undefined
  const product = takesProduct ? { ProductKey: credentials.productKey } : {}
  return call(url, action, { ...product, ...parameters }, signing)
}

/** DeviceList parameters for devices of these names. */
export function devicesNamed(names: readonly string[]): Parameters {
  const parameters: Record<string, string> = {}
  names.forEach((name, i) => {
    parameters[`DeviceList.${i + 1}.DeviceName`] = name
    parameters[`DeviceList.${i + 1}.DeviceSecret`] = `secret-of-${name}`
  })
  return parameters
}

/** Returns the names that a node's check reports as registered, sorted. */
export async function takenOn(node: Pick<Node, 'url'>, names: readonly string[]): Promise<string[]> {
  const { body, text } = await ask(node, 'BatchCheckImportDevice', devicesNamed(names))
  if (body?.Success !== true) throw new Error(`the check was answered ${text}`)
  return [...(body.Data?.RepeatedDeviceNameList ?? [])].sort()
}

/**
 * Waits until nodes answer from memory. A device is written without a change log entry: a node that queries the
 * store finds it, one that uses its memory doesn't.
 */
export async function namesRemembered(store: SharedStore, nodes: readonly Node[]): Promise<void> {
  const [product] = await store.sql('SELECT id FROM product WHERE product_key = ?', credentials.productKey)
  const probe = 'behind-the-log-'
  const places = store.database === undefined ? '?, ?, ?, ?' : '?::bigint, ?::bigint, ?, ?::bigint'
  for (const node of nodes) {
    for (let n = 1, found = [probe]; found.length > 0; n++) {
      const values = [9e12 + n, product!.id as number, `${probe}${n}`, 0]
      await store.sql(`INSERT INTO device (number, product, name, batch) VALUES (${places})`, ...values)
      found = await takenOn(node, [`${probe}${n}`])
      await store.sql('DELETE FROM device WHERE number = ?', 9e12 + n)
    }
  }
}
