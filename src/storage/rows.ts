import { type Row, reader } from './mapping.ts'
import { schema } from './schema.ts'
import type {
  ConnectionEventRow,
  FoundSignIn,
  ListedBatch,
  ListedImportJob,
  ProductSum,
  SealedAccessKey,
  SealedBatch,
  SessionRow,
  SignInProduct,
} from './storage.ts'

/** Rows as the port returns them. */

export { buffer, maybe, type Row } from './mapping.ts'

export const account = reader(schema.account)
export const ramUser = reader(schema.ramUser)
export const accessKey = reader(schema.accessKey)
export const quota = reader(schema.quota, ['action', 'perSecond'])
export const instance = reader(schema.instance)
export const product = reader(schema.product)
export const batch = reader(schema.batch)
export const batchBlock = reader(schema.batchBlock)
export const checkedList = reader(schema.checkedList)
export const nameChange = reader(schema.nameChange, ['revision', 'removed', 'names', 'createdAt'])
export const device = reader(schema.device)
export const group = reader(schema.deviceGroup)
export const node = reader(schema.node, ['id', 'address'])
export const subscription = reader(schema.deviceSubscription, ['filter', 'qos', 'at'])
export const sessionChange = reader(schema.sessionChange, ['id', 'product', 'kind', 'numbers'])
export const topicClasses = reader(schema.topicClasses, ['list', 'nextNumber'])
export const call = reader(schema.recentCall, [
  'account',
  'time',
  'action',
  'result',
  'code',
  'status',
  'milliseconds',
  'requestId',
  'entries',
  'devices',
])
export const callCount = reader(schema.callCount)
export const traffic = reader(schema.traffic)

const connectionEventOf = reader(schema.connectionEvent)

export function connectionEvent(row: Row): ConnectionEventRow {
  const { product, name, number, ...event } = connectionEventOf(row)
  return { device: { product, name, number }, ...event }
}

const importJob = reader(schema.importJob)

/** Joined with its product and the sums of its batches. */
export const listedImportJob = (row: Row): ListedImportJob => ({
  ...importJob(row),
  productKey: row.product_key,
  productName: row.product_name,
  batches: Number(row.batches),
  devices: Number(row.devices),
})

/** A tag of a product or a device. */
export const tag = reader(schema.productTag, ['key', 'value'])

export const message = reader(schema.deviceMessage, [
  'id',
  'topic',
  'payload',
  'properties',
  'createdAt',
  'expiresAt',
])

const dataKey = reader(schema.dataKey, ['wrapped'])

/** Joined with its data key. */
export const sealedAccessKey = (row: Row): SealedAccessKey => ({
  ...accessKey(row),
  wrappedKey: dataKey(row).wrapped,
})

/** Joined with its data key. */
export const sealedBatch = (row: Row): SealedBatch => ({ ...batch(row), wrappedKey: dataKey(row).wrapped })

export const productSum = (row: Row): ProductSum => ({
  instance: row.id,
  products: row.products,
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

/** The product's columns, and the account of its instance. */
export const signInProduct = (row: Row): SignInProduct => ({
  id: row.id,
  productKey: row.product_key,
  authType: row.auth_type,
  account: row.account,
})

export const signInDevice = reader(schema.device, ['product', 'number', 'name', 'batch', 'disabled'])

/** A device with its product: the product's columns, the account of its instance, and the device's. */
export const foundSignIn = (row: Row): FoundSignIn => ({
  product: signInProduct({ ...row, id: row.product }),
  device: signInDevice(row),
})
