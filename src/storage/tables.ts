/**
 * Every table of a store that is moved, kept and compared with it, so that no driver has a list of its own:
 * src/transfer walks this one. What admission records (nonces, quota windows, recent calls) isn't part of a store's
 * content, and neither is what a driver needs for itself (SQLite's counter). A test holds it to both schemas.
 */
export interface Table {
  readonly name: string
  readonly columns: Readonly<Record<string, ColumnType>>
  /** Columns that name a row. Rows are read in their order; texts are compared byte for byte. */
  readonly key: readonly string[]
  /** So many rows are read or written at once: a few megabytes, whatever is in them. */
  readonly rowsAtOnce: number
  /** Rows that are content, as SQL; the others are notes of the store to itself. */
  readonly where?: string
}

export type ColumnType = 'integer' | 'text' | 'bytes' | 'boolean'

/** A value of a row, whatever the driver makes of it; integers stay below 2^53. */
export type Cell = string | number | boolean | Uint8Array | null

/** The fact that a store is being filled as a whole: until it is gone, the store must not be served. */
export const unfinishedFact = 'unfinished'

/** A row refers to rows of tables before its own, or to earlier ones of its own. */
export const tables: readonly Table[] = [
  {
    name: 'fact',
    columns: { name: 'text', value: 'text' },
    key: ['name'],
    rowsAtOnce: 1000,
    where: `name <> '${unfinishedFact}'`,
  },
  { name: 'data_key', columns: { id: 'integer', wrapped: 'bytes' }, key: ['id'], rowsAtOnce: 5000 },
  {
    name: 'account',
    columns: { id: 'integer', uid: 'text', name: 'text', created_at: 'integer' },
    key: ['id'],
    rowsAtOnce: 1000,
  },
  {
    name: 'ram_user',
    columns: { id: 'integer', account: 'integer', name: 'text', allowed: 'text', created_at: 'integer' },
    key: ['id'],
    rowsAtOnce: 1000,
  },
  {
    name: 'access_key',
    columns: {
      id: 'text',
      account: 'integer',
      ram_user: 'integer',
      active: 'boolean',
      data_key: 'integer',
      sealed_secret: 'bytes',
      created_at: 'integer',
    },
    key: ['id'],
    rowsAtOnce: 1000,
  },
  {
    name: 'quota',
    columns: { account: 'integer', action: 'text', per_second: 'integer' },
    key: ['account', 'action'],
    rowsAtOnce: 1000,
  },
  {
    name: 'instance',
    columns: {
      id: 'integer',
      account: 'integer',
      instance_id: 'text',
      kind: 'text',
      name: 'text',
      created_at: 'integer',
    },
    key: ['id'],
    rowsAtOnce: 1000,
  },
  {
    name: 'product',
    columns: {
      id: 'integer',
      instance: 'integer',
      product_key: 'text',
      name: 'text',
      auth_type: 'text',
      node_type: 'integer',
      data_format: 'integer',
      net_type: 'text',
      protocol_type: 'text',
      category_key: 'text',
      description: 'text',
      commodity_code: 'text',
      validate_type: 'integer',
      released: 'boolean',
      data_key: 'integer',
      sealed_secret: 'bytes',
      device_count: 'integer',
      revision: 'integer',
      created_at: 'integer',
    },
    key: ['id'],
    rowsAtOnce: 1000,
  },
  {
    name: 'product_tag',
    columns: { product: 'integer', key: 'text', value: 'text' },
    key: ['product', 'key'],
    rowsAtOnce: 5000,
  },
  {
    name: 'batch',
    columns: {
      id: 'integer',
      account: 'integer',
      product: 'integer',
      first_number: 'integer',
      size: 'integer',
      data_key: 'integer',
      kind: 'text',
      created_at: 'integer',
    },
    key: ['id'],
    rowsAtOnce: 5000,
  },
  {
    name: 'batch_block',
    columns: { batch: 'integer', block: 'integer', sealed: 'bytes' },
    key: ['batch', 'block'],
    rowsAtOnce: 400,
  },
  {
    name: 'checked_list',
    columns: {
      apply_id: 'integer',
      account: 'integer',
      product: 'integer',
      good: 'boolean',
      list: 'text',
      size: 'integer',
      created_at: 'integer',
    },
    key: ['apply_id'],
    rowsAtOnce: 10,
  },
  {
    name: 'name_change',
    columns: {
      product: 'integer',
      revision: 'integer',
      removed: 'boolean',
      names: 'text',
      created_at: 'integer',
    },
    key: ['product', 'revision'],
    rowsAtOnce: 20,
  },
  {
    name: 'device',
    columns: {
      product: 'integer',
      number: 'integer',
      name: 'text',
      batch: 'integer',
      sn: 'text',
      nickname: 'text',
      vehicle: 'text',
      disabled: 'boolean',
      modified_at: 'integer',
    },
    // Of a product, in the order in which they came: both databases have an index of it.
    key: ['product', 'number'],
    rowsAtOnce: 5000,
  },
  {
    name: 'device_tag',
    columns: { product: 'integer', name: 'text', key: 'text', value: 'text' },
    key: ['product', 'name', 'key'],
    rowsAtOnce: 5000,
  },
  {
    name: 'device_group',
    columns: {
      id: 'integer',
      instance: 'integer',
      group_id: 'text',
      name: 'text',
      description: 'text',
      parent: 'integer',
      created_at: 'integer',
    },
    key: ['id'],
    rowsAtOnce: 5000,
  },
  {
    name: 'group_device',
    columns: { device_group: 'integer', product: 'integer', name: 'text' },
    key: ['device_group', 'product', 'name'],
    rowsAtOnce: 5000,
  },
  {
    name: 'topic_classes',
    columns: { product: 'integer', list: 'text', next_number: 'integer' },
    key: ['product'],
    rowsAtOnce: 500,
  },
  {
    // Which node has a device's connection is a fact of the store that it is connected to: elsewhere it is offline.
    name: 'device_session',
    columns: {
      product: 'integer',
      name: 'text',
      number: 'integer',
      expiry_seconds: 'integer',
      active_at: 'integer',
      online_at: 'integer',
      ended_at: 'integer',
      address: 'text',
    },
    key: ['product', 'name'],
    rowsAtOnce: 5000,
  },
  {
    name: 'device_subscription',
    columns: {
      product: 'integer',
      name: 'text',
      filter: 'text',
      number: 'integer',
      qos: 'integer',
      at: 'integer',
    },
    key: ['product', 'name', 'filter'],
    rowsAtOnce: 5000,
  },
  {
    name: 'device_message',
    columns: {
      product: 'integer',
      name: 'text',
      id: 'integer',
      number: 'integer',
      topic: 'text',
      payload: 'bytes',
      properties: 'text',
      created_at: 'integer',
      expires_at: 'integer',
    },
    key: ['product', 'name', 'id'],
    // A payload has 256 KB at the most.
    rowsAtOnce: 20,
  },
]

/** What a store numbers, and never twice the same; the counters go with its tables. */
export const counterNames = [
  'device_number',
  'apply_id',
  'product',
  'data_key',
  'account',
  'ram_user',
  'instance',
  'device_group',
] as const

/** The number that each would give next. */
export type Counters = Readonly<Record<(typeof counterNames)[number], number>>
