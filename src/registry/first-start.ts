import type { Registry } from './registry.ts'

/** What a person may choose of the first account; the rest is drawn. */
export interface FirstChoices {
  readonly accessKeyId: string | undefined
  readonly accessKeySecret: string | undefined
  readonly productKey: string | undefined
  readonly instanceId: string | undefined
  readonly instanceProductKey: string | undefined
}

/** What a first start made: an account, its key, and a gateway product in each kind of instance. */
export interface FirstAccount {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  /** In the public instance, which has no ID. */
  readonly productKey: string
  readonly instanceId: string
  readonly instanceProductKey: string
}

/**
 * Fills an empty store with what a first call needs.
 * @returns undefined when the store has an account already; nothing is changed then
 */
export async function firstStart(
  registry: Registry,
  chosen: FirstChoices,
): Promise<FirstAccount | undefined> {
  if ((await registry.accounts.all()).length > 0) return undefined
  const account = await registry.accounts.create('main')
  const publicInstance = await registry.instances.create(account.id, 'public', 'Public instance')
  const enterprise = await registry.instances.create(
    account.id,
    'enterprise-standard',
    'Standard Enterprise Edition instance',
    chosen.instanceId,
  )
  const gateway = { name: 'mqtt-cloud-gateway', authType: 'one-party' } as const
  const first = await registry.products.create(publicInstance, { ...gateway, productKey: chosen.productKey })
  const second = await registry.products.create(enterprise, {
    ...gateway,
    productKey: chosen.instanceProductKey,
  })
  const key = await registry.accessKeys.create(account.id, undefined, {
    id: chosen.accessKeyId,
    secret: chosen.accessKeySecret,
  })
  return {
    accessKeyId: key.id,
    accessKeySecret: key.secret,
    productKey: first.product.productKey,
    instanceId: enterprise.instanceId!,
    instanceProductKey: second.product.productKey,
  }
}
