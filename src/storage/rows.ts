import type {
  AccessKeyRow,
  AccountRow,
  BatchKind,
  BatchRow,
  CallCountRow,
  CallRow,
  CheckedList,
  DeviceRow,
  FoundSignIn,
  GroupRow,
  InstanceRow,
  ListedBatch,
  MessageRow,
  NodeRow,
  ProductRow,
  ProductSum,
  RamUserRow,
  SessionChange,
  SessionRow,
  SignInProduct,
  SubscriptionRow,
  Tag,
  TopicClassesRow,
} from './storage.ts'

/** A database's rows as the port has them; SQLite has 0 and 1 for false and true. */

// biome-ignore lint/suspicious/noExplicitAny: a row's types are those of the schema.
export type Row = Record<string, any>

const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined

export const buffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export const maybe = <T>(row: Row | undefined, read: (row: Row) => T): T | undefined =>
  row === undefined ? undefined : read(row)

export const account = (row: Row): AccountRow => ({
  id: row.id,
  uid: row.uid,
  name: row.name,
  createdAt: row.created_at,
})

export const ramUser = (row: Row): RamUserRow => ({
  id: row.id,
  account: row.account,
  name: row.name,
  allowed: row.allowed === null ? undefined : JSON.parse(row.allowed),
  createdAt: row.created_at,
})

export const accessKey = (row: Row): AccessKeyRow => ({
  id: row.id,
  account: row.account,
  ramUser: orUndefined(row.ram_user),
  active: Boolean(row.active),
  dataKey: row.data_key,
  sealedSecret: buffer(row.sealed_secret),
  createdAt: row.created_at,
})

export const instance = (row: Row): InstanceRow => ({
  id: row.id,
  account: row.account,
  instanceId: orUndefined(row.instance_id),
  kind: row.kind,
  name: row.name,
  createdAt: row.created_at,
})

export const product = (row: Row): ProductRow => ({
  id: row.id,
  instance: row.instance,
  productKey: row.product_key,
  name: row.name,
  authType: row.auth_type,
  nodeType: row.node_type,
  dataFormat: row.data_format,
  netType: row.net_type,
  protocolType: orUndefined(row.protocol_type),
  categoryKey: orUndefined(row.category_key),
  description: row.description,
  commodityCode: row.commodity_code,
  validateType: orUndefined(row.validate_type),
  released: Boolean(row.released),
  dataKey: row.data_key,
  sealedSecret: buffer(row.sealed_secret),
  deviceCount: row.device_count,
  revision: row.revision,
  createdAt: row.created_at,
})

export const productSum = (row: Row): ProductSum => ({
  instance: row.id,
  products: row.products,
  devices: row.devices,
})

export const batch = (row: Row): BatchRow => ({
  id: row.id,
  account: row.account,
  product: row.product,
  firstNumber: row.first_number,
  size: row.size,
  dataKey: row.data_key,
  kind: row.kind as BatchKind,
  createdAt: row.created_at,
})

export const checkedList = (row: Row): CheckedList => ({
  applyId: row.apply_id,
  account: row.account,
  product: row.product,
  good: Boolean(row.good),
  list: row.list,
  size: row.size,
  createdAt: row.created_at,
})

export const device = (row: Row): DeviceRow => ({
  number: row.number,
  product: row.product,
  name: row.name,
  batch: row.batch,
  sn: orUndefined(row.sn),
  nickname: orUndefined(row.nickname),
  vehicle: orUndefined(row.vehicle),
  disabled: Boolean(row.disabled),
  modifiedAt: orUndefined(row.modified_at),
})

export const group = (row: Row): GroupRow => ({
  id: row.id,
  instance: row.instance,
  groupId: row.group_id,
  name: row.name,
  description: row.description,
  parent: orUndefined(row.parent),
  createdAt: row.created_at,
})

export const call = (row: Row): CallRow => ({
  account: row.account,
  time: row.time,
  action: row.action,
  result: row.result,
  code: row.code,
  status: row.status,
  milliseconds: row.milliseconds,
  requestId: row.request_id,
  entries: row.entries,
  devices: row.devices,
})

export const callCount = (row: Row): CallCountRow => ({
  account: row.account,
  action: row.action,
  time: row.time,
  calls: row.calls,
  throttled: row.throttled,
  failed: row.failed,
  devices: row.devices,
})

export const listedBatch = (row: Row): ListedBatch => ({
  id: row.id,
  kind: row.kind,
  productKey: row.product_key,
  productName: row.product_name,
  size: row.size,
  createdAt: row.created_at,
})

export const tag = (row: Row): Tag => ({ key: row.key, value: row.value })

export const node = (row: Row): NodeRow => ({ id: row.id, address: row.address })

/**
 * A session by the store's clock.
 * @param row with the lease and the address of its node, if that is known
 */
export function session(row: Row, now: number): SessionRow {
  const isOwned = Boolean(row.online) && row.lease_until !== null && row.lease_until > now
  const lost = Math.min(row.lease_until ?? row.online_at, now)
  return {
    owner: isOwned ? { id: row.node, address: row.node_address } : undefined,
    epoch: row.epoch,
    resumed: Boolean(row.resumed) && row.epoch > 1,
    activeAt: row.active_at,
    onlineAt: row.online_at,
    changedAt: isOwned
      ? row.online_at
      : Math.max(row.online_at, row.online ? lost : (row.ended_at ?? row.online_at)),
    address: row.address,
  }
}

export const subscription = ({ filter, qos, at }: Row): SubscriptionRow => ({ filter, qos, at })

export const message = (row: Row): MessageRow => ({
  id: row.id,
  topic: row.topic,
  payload: buffer(row.payload),
  properties: orUndefined(row.properties),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
})

export const sessionChange = ({ id, product, kind, numbers }: Row): SessionChange => ({
  id,
  product,
  kind,
  numbers,
})

export const topicClasses = (row: Row): TopicClassesRow => ({ list: row.list, nextNumber: row.next_number })

/** A device with its product: the product's columns, the account and kind of its instance, and the device's. */
export const signInProduct = (row: Row): SignInProduct => ({
  id: row.id,
  productKey: row.product_key,
  authType: row.auth_type,
  account: row.account,
})

export const signInDevice = (row: Row): FoundSignIn['device'] => ({
  product: row.product,
  number: row.number,
  name: row.name,
  batch: row.batch,
  disabled: Boolean(row.disabled),
})

export const foundSignIn = (row: Row): FoundSignIn => ({
  product: signInProduct({ ...row, id: row.product }),
  device: signInDevice(row),
})
