import {
  boolean,
  bytes,
  type Column,
  content,
  generated,
  integer,
  json,
  local,
  named,
  note,
  nullable,
  oneOf,
  onlyIn,
  text,
  timestamp,
  utf8,
  uuid,
} from './table.ts'

/*
 * Every table of a store, once. Row types, the reading and inserting of rows, backups, copies and digests follow from
 * here; the migrations of each driver create the tables as .sql, and test/storage/schema.test.ts proves that they
 * create exactly these. CONTRIBUTING.md describes how to add one. All times are milliseconds since 1970 UTC unless the
 * name says otherwise.
 */

/** How devices came to be registered: with secrets of their own, or with generated ones. */
export type BatchKind = 'Import' | 'Register'

/** What a node must do to connections: see SessionChange in port/sessions.ts. */
export type ChangeKind = 'deleted' | 'disabled' | 'cut' | 'product' | 'topics'

/** The fact that a store is being filled as a whole: until it is deleted, the store must not be served. */
export const unfinishedFact = 'unfinished'

const qos: Column<0 | 1, false> = { type: 'integer' }

export const schema = named({
  /** Small values of the store itself, such as the ID of its master key. */
  fact: content(['name'], 1000, { name: text, value: text }, `name <> '${unfinishedFact}'`),
  /** Keys that seal one secret or one batch of secrets, wrapped by the master key. */
  dataKey: content(['id'], 5000, { id: generated(integer), wrapped: bytes }),
  account: content(['id'], 1000, {
    id: generated(integer),
    /** The 16 digits that the cloud calls the account's UID. */
    uid: text,
    name: text,
    createdAt: integer,
  }),
  ramUser: content(['id'], 1000, {
    id: generated(integer),
    account: integer,
    name: text,
    /** Patterns such as iot:Query*; undefined allows everything. */
    allowed: nullable(json<readonly string[]>()),
    createdAt: integer,
  }),
  accessKey: content(['id'], 1000, {
    id: text,
    account: integer,
    /** Undefined: it is the account's own. */
    ramUser: nullable(integer),
    active: boolean,
    dataKey: integer,
    sealedSecret: bytes,
    createdAt: integer,
  }),
  /** Calls a second that an account may make of an action, if they differ from the declared ones. */
  quota: content(['account', 'action'], 1000, { account: integer, action: text, perSecond: integer }),
  instance: content(['id'], 1000, {
    id: generated(integer),
    account: integer,
    /** Undefined for a public instance. */
    instanceId: nullable(text),
    kind: text,
    name: text,
    createdAt: integer,
  }),

  product: content(['id'], 1000, {
    id: generated(integer),
    instance: integer,
    productKey: text,
    name: text,
    authType: text,
    nodeType: integer,
    dataFormat: integer,
    netType: text,
    protocolType: nullable(text),
    categoryKey: nullable(text),
    description: text,
    commodityCode: text,
    validateType: nullable(integer),
    released: generated(boolean),
    dataKey: integer,
    sealedSecret: bytes,
    deviceCount: generated(integer),
    /** Raised with every change to the product's set of device names (design §5). */
    revision: generated(integer),
    createdAt: integer,
  }),
  productTag: content(['product', 'key'], 5000, { product: integer, key: text, value: text }),

  /** Devices that were registered together. */
  batch: content(['id'], 5000, {
    /** The ApplyId. */
    id: integer,
    account: integer,
    product: integer,
    /** The batch's devices have the numbers firstNumber … firstNumber + size - 1; some may be missing. */
    firstNumber: integer,
    size: integer,
    dataKey: integer,
    kind: oneOf<BatchKind>(),
    createdAt: integer,
  }),
  /** The secrets of a batch, sealed in blocks of consecutive devices. */
  batchBlock: content(['batch', 'block'], 400, { batch: integer, block: integer, sealed: bytes }),
  /** Lists that were checked and may be registered by their ApplyId. */
  checkedList: content(['applyId'], 10, {
    applyId: integer,
    account: integer,
    product: integer,
    /** Whether every entry was good. */
    good: boolean,
    /** The list and what was found, in a form that only its writer reads. */
    list: text,
    /** How many entries it has. */
    size: integer,
    createdAt: integer,
  }),
  /** Changes of a product's set of device names, by which nodes bring their memory of it up to date. */
  nameChange: content(['product', 'revision'], 20, {
    id: onlyIn('sqlite', local(generated(integer))),
    product: integer,
    /** The product's since this change. */
    revision: integer,
    removed: boolean,
    /** The names, separated by line feeds. */
    names: utf8,
    createdAt: integer,
  }),

  /** Its key is the order in which the devices of a product came: both databases have an index of it. */
  device: content(['product', 'number'], 5000, {
    product: integer,
    /** Unique in the whole store and never used again; an IotId encodes it. Later imports have higher ones. */
    number: integer,
    name: text,
    batch: integer,
    sn: nullable(text),
    nickname: nullable(text),
    /** What a vehicle's protocol requires of it, as JSON that only its writer reads. */
    vehicle: nullable(text),
    disabled: generated(boolean),
    /** When the device was last changed after its import. */
    modifiedAt: nullable(integer),
  }),
  deviceTag: content(['product', 'name', 'key'], 5000, {
    product: integer,
    name: text,
    key: text,
    value: text,
  }),
  deviceGroup: content(['id'], 5000, {
    id: generated(integer),
    instance: integer,
    groupId: text,
    name: text,
    description: text,
    /** The id of the group that it is in. */
    parent: nullable(integer),
    createdAt: integer,
  }),
  groupDevice: content(['deviceGroup', 'product', 'name'], 5000, {
    deviceGroup: integer,
    product: integer,
    name: text,
  }),

  /** The topic classes of products whose classes were changed; other products have those of their creation. */
  topicClasses: content(['product'], 500, {
    product: integer,
    /** In a form that only its writer reads. */
    list: text,
    /** The number of the next class. */
    nextNumber: integer,
  }),
  /** The session of each device that has ever connected. In a backup or a copy every device is offline. */
  deviceSession: content(['product', 'name'], 5000, {
    product: integer,
    name: text,
    /** The device's number, because another device may use the name later. */
    number: integer,
    node: local(generated(integer)),
    epoch: local(generated(integer)),
    online: local(generated(boolean)),
    /** The node that had the device when it was last claimed. */
    formerNode: local(nullable(integer)),
    /** Whether the last claim continued a persistent session. */
    resumed: local(generated(boolean)),
    /** How long the session continues after its connection. */
    expirySeconds: integer,
    activeAt: integer,
    onlineAt: integer,
    endedAt: nullable(integer),
    address: text,
  }),
  deviceSubscription: content(['product', 'name', 'filter'], 5000, {
    product: integer,
    name: text,
    filter: text,
    number: integer,
    qos,
    at: integer,
  }),
  /** QoS 1 messages that wait for their device. */
  deviceMessage: content(['product', 'name', 'id'], 20, {
    product: integer,
    name: text,
    id: integer,
    number: integer,
    topic: text,
    /** 256 KB at most. */
    payload: bytes,
    /** MQTT 5 properties as JSON. */
    properties: nullable(text),
    createdAt: integer,
    expiresAt: integer,
  }),
  /** Processes that devices connect to, one row for each start. */
  node: note({}, { id: generated(integer), address: text, leaseUntil: integer }),
  /** What nodes must do to connections because of what another process wrote. */
  sessionChange: note(
    {},
    {
      id: generated(integer),
      product: integer,
      kind: oneOf<ChangeKind>(),
      /** Device numbers and ranges of them: 3,7-9. Empty for `product` and `topics`. */
      numbers: text,
      at: integer,
    },
  ),

  /** Hashes of nonces that were used, until their timestamps expire. */
  nonce: note({ file: 'gate' }, { hash: bytes, expiresAt: integer }),
  /** Calls counted in fixed windows; a row is reused by the next window. */
  quotaWindow: note(
    { file: 'gate' },
    {
      key: text,
      /** The number of the window since 1970. */
      second: integer,
      calls: integer,
    },
  ),
  /** The newest calls of each account. */
  recentCall: note(
    { file: 'gate' },
    {
      id: generated(integer),
      account: integer,
      time: integer,
      action: text,
      result: text,
      /** The code of the failure or refusal; empty if there is none. */
      code: text,
      status: integer,
      milliseconds: integer,
      requestId: text,
      entries: integer,
      devices: integer,
    },
  ),
  /** How often an account called an action in an interval of a few seconds. */
  callCount: note(
    { file: 'gate' },
    {
      account: integer,
      /** The start of the interval. */
      time: integer,
      action: text,
      calls: integer,
      throttled: integer,
      /** Calls that were neither answered nor throttled. */
      failed: integer,
      devices: integer,
    },
  ),

  /** Numbers that SQLite gives in sequence and never again; PostgreSQL has sequences. */
  counter: note({ only: 'sqlite' }, { name: text, next: integer }),
  /** What a transaction leaves behind, by which its connection finds out whether a lost commit was done. */
  commitMark: note({ only: 'postgres' }, { slot: uuid, count: integer, at: generated(timestamp) }),
})
