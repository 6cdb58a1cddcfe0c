import type { Clock } from '../lib/clock.ts'
import { lettersAndDigits, type Random, randomText } from '../lib/random.ts'
import type { AccessKeyRow, Storage } from '../storage/storage.ts'
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
    given?: { readonly id?: string | undefined; readonly secret?: string | undefined },
  ): Promise<{ readonly id: string; readonly secret: string }>
  find(id: string): Promise<OpenAccessKey | undefined>
  of(account: number): Promise<AccessKeyRow[]>
  setActive(id: string, active: boolean): Promise<boolean>
  delete(id: string): Promise<boolean>
}

const purposeOf = (id: string) => `access key ${id}`

export function accessKeys(storage: Storage, vault: Vault, clock: Clock, random: Random): AccessKeys {
  const store = storage.accessKeys
  return {
    async create(account, ramUser, given = {}) {
      const id = given.id ?? `LTAI5t${randomText(random, 18, lettersAndDigits)}`
      const secret = given.secret ?? randomText(random, 30, lettersAndDigits)
      if (!/^[\w.\-@:]{1,128}$/.test(id)) {
        throw new Error(`the AccessKeyId ${JSON.stringify(id)} must be 1 to 128 letters, digits or _ . - @ :`)
      }
      if (!/^[\x21-\x7e]{1,256}$/.test(secret)) {
        throw new Error('the AccessKeySecret must be 1 to 256 printable ASCII characters without spaces')
      }
      await vault.withNewDataKey((key, dataKey) =>
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
