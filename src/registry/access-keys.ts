import type { Clock } from '../lib/clock.ts'
import { type Random, randomText } from '../lib/random.ts'
import * as rule from '../rules/identifiers.ts'
import { type AccessKeyRow, Conflict, type SealedAccessKey, type Storage } from '../storage/storage.ts'
import { describeDuplicate } from './conflicts.ts'
import { accessKeyPurpose } from './purposes.ts'
import { open, openFor, seal, type Vault } from './vault.ts'

/** An access key with its decrypted secret, to verify signatures with. */
export interface OpenAccessKey {
  readonly id: string
  readonly secret: string
  readonly account: number
  readonly ramUser: number | undefined
  readonly active: boolean
}

export interface AccessKeys {
  /** Creates a key for an account or one of its RAM users. The secret is displayed only here. */
  create(
    account: number,
    ramUser: number | undefined,
    given?: { readonly id?: string; readonly secret?: string },
  ): Promise<{ readonly id: string; readonly secret: string }>
  /**
   * Returns the key as this process last read it if it was active then, otherwise reads it. The caller must
   * check it with `isCurrent` against the store's row at the call's admission.
   */
  findCached(id: string): Promise<OpenAccessKey | undefined>
  /** Reads the key from the store. */
  find(id: string): Promise<OpenAccessKey | undefined>
  /**
   * Reads the key again; returns the same object if its row is unchanged. An unchanged row is not decrypted
   * again: decryption would cost the server more than a client pays for a false signature.
   */
  latest(recalled: OpenAccessKey): Promise<OpenAccessKey | undefined>
  /** Compares a cached key with the store's row, and drops it from the cache if they differ. */
  isCurrent(key: OpenAccessKey, stored: SealedAccessKey | undefined): Promise<boolean>
  of(account: number): Promise<AccessKeyRow[]>
  setActive(id: string, active: boolean): Promise<boolean>
  delete(id: string): Promise<boolean>
}

/** Generates a key in the format of the cloud's. */
export function generateAccessKey(random: Random): { readonly id: string; readonly secret: string } {
  return {
    id: `LTAI5t${randomText(random, 18)}`,
    secret: randomText(random, 30),
  }
}

/** How often enabling or disabling a key is retried after a conflict. */
const triesMax = 5

/**
 * Decrypts a key's secret. A key that an operator disabled in the database by hand is sealed as active, which
 * does no harm.
 */
function secretOf(row: SealedAccessKey, key: Buffer): Buffer {
  if (!row.active) {
    try {
      return open(key, row.sealedSecret, accessKeyPurpose({ ...row, active: true }))
    } catch {
      // Sealed with the key's true state.
    }
  }
  return openFor(`the secret of ${row.id}`, key, row.sealedSecret, accessKeyPurpose(row))
}

interface Remembered {
  readonly key: OpenAccessKey
  readonly sealedSecret: Buffer
}

/**
 * Reports whether the stored key equals the cached one byte for byte. The owner is compared too, since a
 * moved row keeps its bytes.
 */
const isRemembered = (known: Remembered | undefined, stored: SealedAccessKey | undefined): boolean =>
  known !== undefined &&
  stored?.active === true &&
  known.sealedSecret.equals(stored.sealedSecret) &&
  known.key.account === stored.account &&
  known.key.ramUser === stored.ramUser

/** Maximum number of cached decrypted keys; reading and decrypting one takes a round trip and 0.03 ms. */
const rememberedMax = 10_000

/** The access keys of all accounts and RAM users, with a cache of the decrypted ones. */
export function accessKeys(storage: Storage, vault: Vault, clock: Clock, random: Random): AccessKeys {
  const store = storage.accessKeys
  const remembered = new Map<string, Remembered>()

  /** Reads a key, decrypts its secret, and caches it while it is active. */
  function find(id: string): Promise<OpenAccessKey | undefined> {
    remembered.delete(id)
    return vault.withDataKeys(async (unwrap) => {
      const row = await store.find(id)
      if (row === undefined) return undefined
      const { account, ramUser, active, sealedSecret } = row
      const secret = secretOf(row, unwrap(row.wrappedKey)).toString()
      const found = { id, secret, account, ramUser, active }
      if (remembered.size >= rememberedMax) remembered.clear()
      if (active) remembered.set(id, { key: found, sealedSecret })
      return found
    })
  }

  /** Seals a key's secret for its new state; retries if another process changed the key. */
  async function setActive(id: string, active: boolean): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      const row = await store.find(id)
      if (row === undefined) return false
      const opening = vault.withDataKeys(async (unwrap) => secretOf(row, unwrap(row.wrappedKey)))
      // A key whose secret can't be decrypted can still be disabled.
      const secret = active ? await opening : await opening.catch(() => undefined)
      if (secret === undefined) return store.setActive(id, false)
      try {
        return await vault.withNewDataKey((key, dataKey) => {
          const after = seal(key, secret, accessKeyPurpose({ ...row, active }), random)
          return store.setActive(id, active, { before: row.sealedSecret, after, dataKey })
        })
      } catch (error) {
        if (!(error instanceof Conflict) || tries === triesMax) throw error
      }
    }
  }

  return {
    async create(account, ramUser, given = {}) {
      const generated = generateAccessKey(random)
      const { id = generated.id, secret = generated.secret } = given
      rule.assertValid(rule.accessKeyId, id)
      rule.assertValid(rule.accessKeySecret, secret)
      const row = { id, account, ramUser, active: true, createdAt: clock.now() }
      await describeDuplicate(`the AccessKeyId ${JSON.stringify(id)}`, () =>
        vault.withNewDataKey((key, dataKey) => {
          const sealedSecret = seal(key, Buffer.from(secret), accessKeyPurpose(row), random)
          return store.insert({ ...row, sealedSecret }, dataKey)
        }),
      )
      return { id, secret }
    },
    findCached: async (id) => remembered.get(id)?.key ?? find(id),
    find,
    async latest(recalled) {
      const known = remembered.get(recalled.id)
      const isSame = known?.key === recalled && isRemembered(known, await store.find(recalled.id))
      return isSame ? recalled : find(recalled.id)
    },
    async isCurrent({ id, secret }, stored) {
      const known = remembered.get(id)
      if (isRemembered(known, stored) && known!.key.secret === secret) return true
      // If the key was deleted and created again, its row differs, but it may have the secret that signed the
      // call.
      const now = await find(id)
      return (
        stored?.active === true &&
        now?.secret === secret &&
        now.account === stored.account &&
        now.ramUser === stored.ramUser
      )
    },
    of: (account) => store.of(account),
    setActive,
    delete: (id) => store.delete(id),
  }
}
