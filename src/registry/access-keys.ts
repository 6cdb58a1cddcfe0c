import type { Clock } from '../lib/clock.ts'
import { type Random, randomText } from '../lib/random.ts'
import * as rule from '../rules/identifiers.ts'
import { type AccessKeyRow, Conflict, type SealedAccessKey, type Storage } from '../storage/storage.ts'
import { describeDuplicate } from './conflicts.ts'
import { accessKeyPurpose } from './purposes.ts'
import { open, openFor, seal, type Vault } from './vault.ts'

/** An access key whose secret has been opened, to verify a signature with. */
export interface OpenAccessKey {
  readonly id: string
  readonly secret: string
  readonly account: number
  readonly ramUser: number | undefined
  readonly active: boolean
}

export interface AccessKeys {
  /** Makes a key for an account or one of its RAM users; this is the only time that its secret is shown. */
  create(
    account: number,
    ramUser: number | undefined,
    given?: { readonly id?: string; readonly secret?: string },
  ): Promise<{ readonly id: string; readonly secret: string }>
  /**
   * The key as it was when this process last read it, if it was active then; else as it is. Whoever acts on it
   * asks `isCurrent` of what the store says at the call's admission.
   */
  findCached(id: string): Promise<OpenAccessKey | undefined>
  /** The key as it is. */
  find(id: string): Promise<OpenAccessKey | undefined>
  /**
   * The key of this ID as it is: the same object if its row has not changed since it was recalled. A row that is the
   * same byte for byte need not be opened again, which would cost a client with a false signature nothing and the
   * server more than the signature.
   */
  latest(recalled: OpenAccessKey): Promise<OpenAccessKey | undefined>
  /** Whether a key that was recalled is the one that the store has; it is forgotten where it isn't. */
  isCurrent(key: OpenAccessKey, stored: SealedAccessKey | undefined): Promise<boolean>
  of(account: number): Promise<AccessKeyRow[]>
  setActive(id: string, active: boolean): Promise<boolean>
  delete(id: string): Promise<boolean>
}

/** A key as the cloud's look: nobody has had it before. */
export function generateAccessKey(random: Random): { readonly id: string; readonly secret: string } {
  return {
    id: `LTAI5t${randomText(random, 18)}`,
    secret: randomText(random, 30),
  }
}

/** How often an access key is enabled or disabled anew because it was changed in between. */
const triesMax = 5

/** The secret of a key. One that was disabled in the database by hand is sealed as active, and harms nobody. */
function secretOf(row: SealedAccessKey, key: Buffer): Buffer {
  if (!row.active) {
    try {
      return open(key, row.sealedSecret, accessKeyPurpose({ ...row, active: true }))
    } catch {
      // It is sealed as what it is.
    }
  }
  return openFor(`the secret of ${row.id}`, key, row.sealedSecret, accessKeyPurpose(row))
}

interface Remembered {
  readonly key: OpenAccessKey
  readonly sealedSecret: Buffer
}

/** Keys whose opened secrets are remembered: reading and opening one costs a round trip and 0.03 ms. */
const rememberedMax = 10_000

export function accessKeys(storage: Storage, vault: Vault, clock: Clock, random: Random): AccessKeys {
  const store = storage.accessKeys
  const remembered = new Map<string, Remembered>()

  /** Reads a key, opens its secret, and remembers it while it is active. */
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

  /** Whether a stored key is, byte for byte, the one that is remembered. Whose it is counts: a moved row keeps its bytes. */
  function isRemembered(known: Remembered | undefined, stored: SealedAccessKey | undefined): boolean {
    return (
      known !== undefined &&
      stored?.active === true &&
      known.sealedSecret.equals(stored.sealedSecret) &&
      known.key.account === stored.account &&
      known.key.ramUser === stored.ramUser
    )
  }

  /** Seals a key's secret for the state that it is to have; again when another process was faster. */
  async function setActive(id: string, active: boolean): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      const row = await store.find(id)
      if (row === undefined) return false
      const opening = vault.withDataKeys(async (unwrap) => secretOf(row, unwrap(row.wrappedKey)))
      // One that opens no more can still be disabled.
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
      const drawn = generateAccessKey(random)
      const { id = drawn.id, secret = drawn.secret } = given
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
      // Deleted and made again, a key has other bytes, and perhaps the secret that the call was signed with.
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
