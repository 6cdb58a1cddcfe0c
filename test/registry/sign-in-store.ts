import { createHmac } from 'node:crypto'
import { columnsOf } from '../../src/lib/columns.ts'
import { openStore, type Store } from '../../src/main.ts'
import type { DeviceSignInAttempt } from '../../src/registry/device-sign-in.ts'
import type { Instance } from '../../src/registry/instances.ts'
import type { Product } from '../../src/registry/products.ts'
import type { AuthType } from '../../src/rules/product-fields.ts'
import { repeatableRandom, TestClock } from '../support/deterministic.ts'

/** A store in memory with an account, in which devices sign in. */
export interface SignInTest extends Store {
  readonly clock: TestClock
  readonly account: number
  readonly instance: Instance
  product(productKey: string, authType?: AuthType): Promise<Product>
  /** Imports devices, each with the secret `secret of <name>` unless another is given. */
  devices(product: Product, names: readonly string[], secret?: string): Promise<void>
  /** The kind of an answer, or the reason of a refusal. */
  signIn(userName: string, password: string, more?: Partial<DeviceSignInAttempt>): Promise<string>
}

export const secretOf = (name: string) => `secret-of-${name}`

/** The password of a device as its SDK computes it. */
export const hmacPassword = (
  hash: string,
  secret: string,
  {
    id = 'id',
    name,
    productKey,
    timestamp = '',
  }: { id?: string; name: string; productKey: string; timestamp?: string },
) =>
  createHmac(hash, secret)
    .update(
      `clientId${id}deviceName${name}productKey${productKey}${timestamp === '' ? '' : `timestamp${timestamp}`}`,
    )
    .digest('hex')

export async function withSignIns(use: (made: SignInTest) => Promise<void>): Promise<void> {
  const clock = new TestClock()
  const store = await openStore(
    { folder: undefined, masterKey: undefined },
    { clock, random: repeatableRandom() },
  )
  try {
    const { registry } = store
    const { id: account } = await registry.accounts.create('main')
    const instance = await registry.instances.create(account, 'enterprise-standard', 'Instance')
    await use({
      ...store,
      clock,
      account,
      instance,
      product: async (productKey, authType = 'one-party') =>
        (await registry.products.create(instance, { name: productKey, authType, productKey })).product,
      async devices(product, names, secret) {
        const { members } = columnsOf(
          ['name', 'secret'],
          names.map((name) => ({ name, secret: secret ?? secretOf(name) })),
        )
        const list = { count: names.length, names: members.name, secrets: members.secret }
        await registry.batches.import(account, product, list)
      },
      async signIn(userName, password, more) {
        const attempt = {
          clientId: 'any',
          userName,
          password: Buffer.from(password),
          address: '10.0.0.1',
          ...more,
        }
        const result = await registry.deviceSignIn.signIn(attempt)
        return result.kind === 'accepted'
          ? `${result.device.productKey} ${result.device.name}`
          : result.reason
      },
    })
  } finally {
    await store.close()
  }
}
