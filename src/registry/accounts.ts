import type { Clock } from '../lib/clock.ts'
import { type Random, randomText } from '../lib/random.ts'
import * as rule from '../rules/identifiers.ts'
import type { AccountRow, QuotaRow, RamUserRow, Storage } from '../storage/storage.ts'
import { describeDuplicate } from './conflicts.ts'

/** Accounts, their RAM users and their quotas. */
export interface Accounts {
  /** @param uid 16 digits; generated if omitted */
  create(name: string, uid?: string): Promise<AccountRow>
  all(): Promise<AccountRow[]>
  /** Finds an account by name or UID. */
  find(nameOrUid: string): Promise<AccountRow | undefined>
  findById(id: number): Promise<AccountRow | undefined>
  /** @param allowed patterns such as iot:Query*; undefined allows everything */
  createRamUser(account: number, name: string, allowed: readonly string[] | undefined): Promise<RamUserRow>
  ramUsers(account: number): Promise<RamUserRow[]>
  ramUser(account: number, name: string): Promise<RamUserRow | undefined>
  /** Deletes a RAM user and its access keys. Returns false if it did not exist. */
  deleteRamUser(id: number): Promise<boolean>
  /** Returns false if the RAM user does not exist. */
  setAllowed(ramUser: number, allowed: readonly string[] | undefined): Promise<boolean>
  /** Quotas in calls per second that override the declared ones, by action name. */
  quotas(account: number): Promise<QuotaRow[]>
  setQuota(account: number, action: string, perSecond: number | undefined): Promise<void>
}

export function accounts(storage: Storage, clock: Clock, random: Random): Accounts {
  const store = storage.accounts
  return {
    async create(name, uid = `1${randomText(random, 15, '0123456789')}`) {
      rule.assertValid(rule.uid, uid)
      const row = { uid, name, createdAt: clock.now() }
      const id = await describeDuplicate(`the name ${JSON.stringify(name)} or the UID ${uid}`, () =>
        store.insert(row),
      )
      return { id, ...row }
    },
    all: () => store.all(),
    find: async (nameOrUid) =>
      (await store.all()).find(({ name, uid }) => name === nameOrUid || uid === nameOrUid),
    findById: (id) => store.find(id),
    async createRamUser(account, name, allowed) {
      for (const pattern of allowed ?? []) rule.assertValid(rule.actionPattern, pattern)
      const row = { account, name, allowed, createdAt: clock.now() }
      const id = await describeDuplicate(`the name ${JSON.stringify(name)}`, () => store.insertRamUser(row))
      return { id, ...row }
    },
    ramUsers: (account) => store.ramUsers(account),
    ramUser: async (account, name) => (await store.ramUsers(account)).find((user) => user.name === name),
    deleteRamUser: (id) => store.deleteRamUser(id),
    async setAllowed(ramUser, allowed) {
      for (const pattern of allowed ?? []) rule.assertValid(rule.actionPattern, pattern)
      return store.setAllowed(ramUser, allowed)
    },
    quotas: (account) => store.quotas(account),
    setQuota: (account, action, perSecond) => store.setQuota(account, action, perSecond),
  }
}
