import type { Clock } from '../lib/clock.ts'
import { lettersAndDigits, type Random, randomText } from '../lib/random.ts'
import * as rule from '../rules/identifiers.ts'
import type { AccessKeyRow, Storage } from '../storage/storage.ts'
import { unlessInUse } from './in-use.ts'
import { open, seal, type Vault } from './vault.ts'

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
  find(id: string): Promise<OpenAccessKey | undefined>
  of(account: number): Promise<AccessKeyRow[]>
  setActive(id: string, active: boolean): Promise<boolean>
  delete(id: string): Promise<boolean>
}

/** A key as the cloud's look: nobody has had it before. */
export function drawAccessKey(random: Random): { readonly id: string; readonly secret: string } {
  return {
    id: `LTAI5t${randomText(random, 18, lettersAndDigits)}`,
    secret: randomText(random, 30, lettersAndDigits),
  }
}

const purposeOf = (id: string) => `access key ${id}`

export function accessKeys(storage: Storage, vault: Vault, clock: Clock, random: Random): AccessKeys {
  const store = storage.accessKeys
  return {
    async create(account, ramUser, given = {}) {
      const drawn = drawAccessKey(random)
      const { id = drawn.id, secret = drawn.secret } = given
      rule.judge(rule.accessKeyId, id)
      rule.judge(rule.accessKeySecret, secret)
      await unlessInUse(`the AccessKeyId ${JSON.stringify(id)}`, () =>
        vault.withNewDataKey((key, dataKey) =>
          store.insert(
            {
              id,
              account,
              ramUser,
              active: true,
              sealedSecret: seal(key, Buffer.from(secret), purposeOf(id), random),
              createdAt: clock.now(),
            },
            dataKey,
          ),
        ),
      )
      return { id, secret }
    },
    async find(id) {
      const row = await store.find(id)
      if (row === undefined) return undefined
      const key = await vault.unwrap(row.wrappedKey)
      const secret = open(key, row.sealedSecret, purposeOf(id)).toString()
      return { id, secret, account: row.account, ramUser: row.ramUser, active: row.active }
    },
    of: (account) => store.of(account),
    setActive: (id, active) => store.setActive(id, active),
    delete: (id) => store.delete(id),
  }
}
