import type { schema } from '../schema.ts'
import type { NewRow, RowOf } from '../table.ts'
import type { NewDataKey } from './secrets.ts'

export type AccountRow = RowOf<typeof schema.account>

export type RamUserRow = RowOf<typeof schema.ramUser>

export type QuotaRow = Omit<RowOf<typeof schema.quota>, 'account'>

export interface AccountStore {
  insert(row: NewRow<typeof schema.account>): Promise<number>
  all(): Promise<AccountRow[]>
  find(id: number): Promise<AccountRow | undefined>
  insertRamUser(row: NewRow<typeof schema.ramUser>): Promise<number>
  ramUsers(account: number): Promise<RamUserRow[]>
  ramUser(id: number): Promise<RamUserRow | undefined>
  /** Deletes a RAM user with its access keys and what their secrets are sealed with. False when it was already gone. */
  deleteRamUser(id: number): Promise<boolean>
  /** False when it is gone. */
  setAllowed(ramUser: number, allowed: readonly string[] | undefined): Promise<boolean>
  /** The account's own quotas, which differ from the declared ones, by the action's name. */
  quotas(account: number): Promise<QuotaRow[]>
  /** @param perSecond calls a second; undefined goes back to what the action declares */
  setQuota(account: number, action: string, perSecond: number | undefined): Promise<void>
}

export type AccessKeyRow = RowOf<typeof schema.accessKey>

/** The key with what is needed to open its secret. */
export interface SealedAccessKey extends AccessKeyRow {
  readonly wrappedKey: Buffer
}

/** An access key's resealed secret. */
export interface ResealedAccessKey {
  /** The former sealed secret. */
  readonly before: Buffer
  readonly after: Buffer
  readonly dataKey: NewDataKey
}

export interface AccessKeyStore {
  /** @throws NotFound when the account or the RAM user is gone */
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

export type InstanceRow = RowOf<typeof schema.instance>

export interface InstanceStore {
  insert(row: NewRow<typeof schema.instance>): Promise<number>
  find(account: number, instanceId: string | undefined): Promise<InstanceRow | undefined>
  of(account: number): Promise<InstanceRow[]>
}
