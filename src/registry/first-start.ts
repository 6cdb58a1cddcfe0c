import type { Random } from '../lib/random.ts'
import * as rule from '../rules/identifiers.ts'
import { generateAccessKey } from './access-keys.ts'
import type { Instance } from './instances.ts'
import type { Registry } from './registry.ts'

/** The operator's choices for the first account; the rest is generated. */
export interface FirstChoices {
  readonly accessKeyId: string | undefined
  readonly accessKeySecret: string | undefined
  readonly productKey: string | undefined
  readonly instanceId: string | undefined
  readonly instanceProductKey: string | undefined
}

/** The result of a first start: an account, its key, and a gateway product in each kind of instance. */
export interface FirstAccount {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  /** In the public instance, which has no ID. */
  readonly productKey: string
  readonly instanceId: string
  readonly instanceProductKey: string
}

/** @throws Error for an invalid choice, before anything is created */
export function validateChoices(chosen: FirstChoices): void {
  for (const [kind, value] of [
    [rule.accessKeyId, chosen.accessKeyId],
    [rule.accessKeySecret, chosen.accessKeySecret],
    [rule.productKey, chosen.productKey],
    [rule.instanceId, chosen.instanceId],
    [rule.productKey, chosen.instanceProductKey],
  ] as const) {
    if (value !== undefined) rule.assertValid(kind, value)
  }
  if (chosen.productKey !== undefined && chosen.productKey === chosen.instanceProductKey) {
    throw new Error(`the products of the two instances can't both have the ProductKey "${chosen.productKey}"`)
  }
}

/**
 * Creates what a first call needs; after an interruption it continues with what exists.
 * @param keep saves the secret; called before the key is created, so that the secret can't be lost
 */
export async function firstStart(
  registry: Registry,
  chosen: FirstChoices,
  random: Random,
  keep: (first: FirstAccount) => void,
): Promise<FirstAccount> {
  const { accounts, instances, products, accessKeys } = registry
  const account = (await accounts.find('main')) ?? (await accounts.create('main'))
  const present = await instances.of(account.id)
  const publicInstance =
    present.find(({ kind }) => kind === 'public') ??
    (await instances.create(account.id, 'public', 'Public instance'))
  const enterprise =
    present.find(({ kind }) => kind === 'enterprise-standard') ??
    (await instances.create(
      account.id,
      'enterprise-standard',
      'Standard Enterprise Edition instance',
      chosen.instanceId,
    ))

  async function gatewayProduct(instance: Instance, productKey: string | undefined): Promise<string> {
    const {
      products: [made],
    } = await products.page(instance, {}, 0, 1)
    if (made !== undefined) return made.productKey
    const { product } = await products.create(instance, {
      name: 'mqtt-cloud-gateway',
      authType: 'one-party',
      productKey,
    })
    return product.productKey
  }

  const drawn = generateAccessKey(random)
  const first: FirstAccount = {
    accessKeyId: chosen.accessKeyId ?? drawn.id,
    accessKeySecret: chosen.accessKeySecret ?? drawn.secret,
    productKey: await gatewayProduct(publicInstance, chosen.productKey),
    instanceId: enterprise.instanceId!,
    instanceProductKey: await gatewayProduct(enterprise, chosen.instanceProductKey),
  }
  keep(first)
  if ((await accessKeys.find(first.accessKeyId)) === undefined) {
    await accessKeys.create(account.id, undefined, { id: first.accessKeyId, secret: first.accessKeySecret })
  }
  return first
}
