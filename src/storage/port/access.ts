import type { NewDataKey } from './secrets.ts'

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

export interface QuotaRow {
  readonly action: string
  readonly perSecond: number
}

export interface AccountStore {
  insert(row: Omit<AccountRow, 'id'>): Promise<number>
  all(): Promise<AccountRow[]>
  find(id: number): Promise<AccountRow | undefined>
  insertRamUser(row: Omit<RamUserRow, 'id'>): Promise<number>
  ramUsers(account: number): Promise<RamUserRow[]>
  ramUser(id: number): Promise<RamUserRow | undefined>
  /** Deletes a RAM user with its access keys and what their secrets are sealed with. False when it was gone. */
  deleteRamUser(id: number): Promise<boolean>
  /** False when it is gone. */
  setAllowed(ramUser: number, allowed: readonly string[] | undefined): Promise<boolean>
  /** The account's own quotas, where they differ from the declared ones, by the action's name. */
  quotas(account: number): Promise<QuotaRow[]>
  /** @param perSecond calls a second; undefined goes back to what the action declares */
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

/** The key with what is needed to open its secret. */
export interface SealedAccessKey extends AccessKeyRow {
  readonly wrappedKey: Buffer
}

/** An access key's secret sealed anew. */
export interface ResealedAccessKey {
  /** What was sealed until now. */
  readonly before: Buffer
  readonly after: Buffer
  readonly dataKey: NewDataKey
}

export interface AccessKeyStore {
  /** @throws NotThere when the account or the RAM user is gone */
  insert(row: Omit<AccessKeyRow, 'dataKey'>, dataKey: NewDataKey): Promise<void>
  find(id: string): Promise<SealedAccessKey | undefined>
  of(account: number): Promise<AccessKeyRow[]>
  /**
   * Enables or disables a key. False when there is no such key.
   * @param sealed its secret sealed for that state under a fresh data key
   * @throws Conflict when the key is not sealed as `sealed.before` any more; nothing is written then
   * @throws StaleMasterKey
   */
  setActive(id: string, active: boolean, sealed?: ResealedAccessKey): Promise<boolean>
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
