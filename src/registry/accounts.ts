import type { Clock } from '../lib/clock.ts'
import { type Random, randomText } from '../lib/random.ts'
import type { AccountRow, RamUserRow, Storage } from '../storage/storage.ts'

/** Accounts, their RAM users and their quotas. */
export interface Accounts {
  /** @param uid 16 digits; drawn when it is not given */
  create(name: string, uid?: string): Promise<AccountRow>
  all(): Promise<AccountRow[]>
  /** By name or UID. */
  find(nameOrUid: string): Promise<AccountRow | undefined>
  /** @param allowed patterns such as iot:Query*; undefined allows everything */
  createRamUser(account: number, name: string, allowed: readonly string[] | undefined): Promise<RamUserRow>
  ramUsers(account: number): Promise<RamUserRow[]>
  setAllowed(ramUser: number, allowed: readonly string[] | undefined): Promise<void>
  /** Whether a caller may run an action; an account's own key may run all. */
  mayRun(ramUser: number | undefined, action: string): Promise<boolean>
  /** Calls a second that the account has of the action instead of the declared ones. */
  quota(account: number, action: string): Promise<number | undefined>
  setQuota(account: number, action: string, perSecond: number | undefined): Promise<void>
}

export function accounts(storage: Storage, clock: Clock, random: Random): Accounts {
  const store = storage.accounts
  return {
    async create(name, uid = `1${randomText(random, 15, '0123456789')}`) {
      if (!/^\d{1,20}$/.test(uid)) throw new Error(`the UID ${JSON.stringify(uid)} must be up to 20 digits`)
      const row = { uid, name, createdAt: clock.now() }
      return { id: await store.insert(row), ...row }
    },
    all: () => store.all(),
    find: async (nameOrUid) =>
      (await store.all()).find(({ name, uid }) => name === nameOrUid || uid === nameOrUid),
    async createRamUser(account, name, allowed) {
      for (const pattern of allowed ?? []) checkPattern(pattern)
      const row = { account, name, allowed, createdAt: clock.now() }
      return { id: await store.insertRamUser(row), ...row }
    },
    ramUsers: (account) => store.ramUsers(account),
    async setAllowed(ramUser, allowed) {
      for (const pattern of allowed ?? []) checkPattern(pattern)
      await store.setAllowed(ramUser, allowed)
    },
    async mayRun(ramUser, action) {
      if (ramUser === undefined) return true
      const user = await store.ramUser(ramUser)
      return user !== undefined && (user.allowed?.some((pattern) => matches(pattern, action)) ?? true)
    },
    quota: (account, action) => store.quota(account, action),
    setQuota: (account, action, perSecond) => store.setQuota(account, action, perSecond),
  }
}

/** Actions are authorised as iot:<Action>, with * as a wildcard (wire-facts §11). */
function checkPattern(pattern: string): void {
  if (!/^(\*|iot:[A-Za-z0-9*]+)$/.test(pattern)) {
    throw new Error(
      `${JSON.stringify(pattern)} is not an action pattern; write iot:BatchCheckImportDevice or iot:Query*`,
    )
  }
}

function matches(pattern: string, action: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(`iot:${action}`)
}
