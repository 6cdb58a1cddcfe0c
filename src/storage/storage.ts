import type { Column } from '../lib/columns.ts'

/**
 * The storage port: what the registry needs of a store, and no more. Drivers stand beside this file.
 * Every write is one transaction. Times are milliseconds since 1970 UTC. Sealed and wrapped values are
 * opaque here: no driver sees a secret.
 */
export interface Storage {
  readonly accounts: AccountStore
  readonly accessKeys: AccessKeyStore
  readonly instances: InstanceStore
  readonly products: ProductStore
  readonly devices: DeviceStore
  readonly dataKeys: DataKeyStore
  readonly gate: Gate
  /** Small values of the store itself, such as the ID of its master key. */
  readonly facts: FactStore
  /** Runs something alone among all processes on the store; others that want the same wait. */
  alone<T>(run: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface AccountRow {
  readonly id: number
  /** The 16 digits that the cloud calls the account's UID. */
  readonly uid: string
  readonly name: string
  readonly createdAt: number
}

export interface RamUserRow {
  readonly id: number
  readonly account: number
  readonly name: string
  /** Patterns such as iot:Query*; undefined allows everything. */
  readonly allowed: readonly string[] | undefined
  readonly createdAt: number
}

export interface AccountStore {
  insert(row: Omit<AccountRow, 'id'>): Promise<number>
  all(): Promise<AccountRow[]>
  insertRamUser(row: Omit<RamUserRow, 'id'>): Promise<number>
  ramUsers(account: number): Promise<RamUserRow[]>
  ramUser(id: number): Promise<RamUserRow | undefined>
  setAllowed(ramUser: number, allowed: readonly string[] | undefined): Promise<void>
  /** The account's own quota for an action, in calls a second, where it differs from the declared one. */
  quota(account: number, action: string): Promise<number | undefined>
  setQuota(account: number, action: string, perSecond: number | undefined): Promise<void>
}

export interface AccessKeyRow {
  readonly id: string
  readonly account: number
  readonly ramUser: number | undefined
  readonly active: boolean
  readonly dataKey: number
  readonly sealedSecret: Buffer
  readonly createdAt: number
}

export interface AccessKeyStore {
  insert(row: Omit<AccessKeyRow, 'dataKey'>, dataKey: NewDataKey): Promise<void>
  /** The key with what is needed to open its secret. */
  find(id: string): Promise<(AccessKeyRow & { readonly wrappedKey: Buffer }) | undefined>
  of(account: number): Promise<AccessKeyRow[]>
  /** False when there is no such key. */
  setActive(id: string, active: boolean): Promise<boolean>
  delete(id: string): Promise<boolean>
}

export interface InstanceRow {
  readonly id: number
  readonly account: number
  /** Absent for a public instance. */
  readonly instanceId: string | undefined
  readonly kind: string
  readonly name: string
  readonly createdAt: number
}

export interface InstanceStore {
  insert(row: Omit<InstanceRow, 'id'>): Promise<number>
  find(account: number, instanceId: string | undefined): Promise<InstanceRow | undefined>
  of(account: number): Promise<InstanceRow[]>
}

export interface ProductRow {
  readonly id: number
  readonly instance: number
  readonly productKey: string
  readonly name: string
  readonly authType: string
  readonly nodeType: number
  readonly dataFormat: number
  readonly netType: string
  readonly protocolType: string | undefined
  readonly categoryKey: string | undefined
  readonly description: string
  readonly commodityCode: string
  readonly validateType: number | undefined
  readonly dataKey: number
  readonly sealedSecret: Buffer
  readonly deviceCount: number
  /** Raised with every change to the product's set of device names (design §5). */
  readonly revision: number
  readonly createdAt: number
}

export interface ProductStore {
  /** @throws Taken when the product key, or the name in its instance, is in use */
  insert(
    row: Omit<ProductRow, 'id' | 'dataKey' | 'deviceCount' | 'revision'>,
    dataKey: NewDataKey,
  ): Promise<number>
  find(instance: number, productKey: string): Promise<ProductRow | undefined>
  findById(instance: number, id: number): Promise<ProductRow | undefined>
  /** Newest first. */
  page(instance: number, filter: ProductFilter, offset: number, limit: number): Promise<ProductRow[]>
  count(instance: number, filter: ProductFilter): Promise<number>
}

export interface ProductFilter {
  readonly commodityCode?: string | undefined
}

export interface DeviceRow {
  /** Sequential in the whole store; an IotId encodes it. */
  readonly number: number
  readonly product: number
  readonly name: string
  readonly sn: string | undefined
  readonly nickname: string | undefined
  readonly batch: number
  readonly createdAt: number
}

export interface BatchRow {
  /** The ApplyId. */
  readonly id: number
  readonly account: number
  readonly product: number
  /** The batch's devices have the numbers firstNumber … firstNumber + size - 1, those deleted since apart. */
  readonly firstNumber: number
  readonly size: number
  readonly dataKey: number
  readonly createdAt: number
}

/** Devices that are registered together, all or none. */
export interface NewBatch {
  readonly account: number
  readonly product: number
  readonly names: Column
  readonly sns: Column
  readonly nicknames?: Column
  readonly size: number
  readonly dataKey: NewDataKey
  /** Their secrets, sealed; the registry's vault knows how they are cut into blocks. */
  readonly blocks: readonly Buffer[]
  readonly createdAt: number
}

export interface DeviceStore {
  /** Which of `entries` of a column of names are registered in the product: those entries, in any order. */
  namesTaken(product: number, names: Column, entries: Int32Array): Promise<number[]>
  /** @throws Taken when a name is registered already, or stands in the batch twice; nothing is written then */
  insertBatch(batch: NewBatch): Promise<BatchRow>
  batch(id: number): Promise<BatchRow | undefined>
  /** A page of a batch's devices in the order of their numbers. */
  ofBatch(batch: BatchRow, offset: number, limit: number): Promise<DeviceRow[]>
  countOfBatch(batch: BatchRow): Promise<number>
  findByName(product: number, name: string): Promise<DeviceRow | undefined>
  findByNumber(number: number): Promise<(DeviceRow & { readonly instance: number }) | undefined>
  /** False when it was gone already. */
  delete(number: number): Promise<boolean>
  block(batch: number, index: number): Promise<Buffer | undefined>
}

/** A data key wrapped by the master key, stored with what it seals. */
export interface NewDataKey {
  readonly wrapped: Buffer
  /** The master key it is wrapped by; a write under another than the store's is refused as StaleMasterKey. */
  readonly masterKeyId: string
}

export interface DataKeyStore {
  /** The key, wrapped. */
  find(id: number): Promise<Buffer | undefined>
  /** The id of the data key that the store keeps under a name; the one given, if it has none yet. */
  settle(name: string, dataKey: NewDataKey): Promise<number>
  /** Wraps every data key anew, in one transaction, and makes `masterKeyId` the store's. Gives their count. */
  rewrap(masterKeyId: string, rewrap: (wrapped: Buffer) => Buffer): Promise<number>
}

export interface FactStore {
  get(name: string): Promise<string | undefined>
  /** Sets it if it has no value yet, and gives the value that it has then. */
  settle(name: string, value: string): Promise<string>
}

/**
 * What stands between an authenticated call and its action: replayed nonces and quotas, exact across every
 * process on the store and kept over restarts, counted by the store's clock.
 */
export interface Gate {
  admit(call: GateCall): Promise<Admission>
}

export interface GateCall {
  /** 16 bytes that stand for the access key and nonce. */
  readonly nonce: Buffer
  /** Until when a second use must be refused. */
  readonly nonceExpiresAt: number
  /** What is counted, such as an account and action; undefined counts nothing. */
  readonly quota: { readonly key: string; readonly perSecond: number } | undefined
}

export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'replayed' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }

/** A unique value is in use: nothing was written. */
export class Taken extends Error {}

/** The store can't answer now, but may later: it is locked, its disk is full or gone. Nothing was written. */
export class Unavailable extends Error {}

/** The store's master key is another than the one that the write was sealed under: it was rotated. */
export class StaleMasterKey extends Error {}
