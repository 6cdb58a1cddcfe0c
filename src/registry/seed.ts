import { columnsOf } from '../lib/columns.ts'
import { reportDeviceList } from '../rules/device-report.ts'
import { authTypes, type InstanceKind, instanceKinds } from '../rules/product-fields.ts'
import type { NewProduct } from './products.ts'
import type { Registry } from './registry.ts'

/**
 * What a seed file holds (docs/guide/seed.md shows one). Everything is optional but names; what is left out
 * is drawn.
 */
export interface Seed {
  readonly accounts: readonly {
    readonly name: string
    readonly uid?: string
    readonly accessKeys?: readonly SeedKey[]
    readonly ramUsers?: readonly {
      readonly name: string
      readonly allowed?: readonly string[]
      readonly accessKeys?: readonly SeedKey[]
    }[]
    /** Calls a second by action, instead of the declared quotas. */
    readonly quotas?: Readonly<Record<string, number>>
    readonly instances?: readonly {
      readonly kind: InstanceKind
      readonly instanceId?: string
      readonly name?: string
      readonly products?: readonly (NewProduct & {
        readonly devices?: readonly { DeviceName: string; DeviceSecret: string; Sn?: string }[]
      })[]
    }[]
  }[]
}
interface SeedKey {
  readonly id: string
  readonly secret: string
}

/** Devices of a product are imported in batches of so many. */
const batchMax = 10_000

/**
 * Fills an empty store from a seed.
 * @returns false when the store has an account already; nothing is changed then
 * @throws Error that names the place in the seed and what would be right
 */
export async function applySeed(registry: Registry, parsed: unknown): Promise<boolean> {
  const seed = checkSeed(parsed)
  if ((await registry.accounts.all()).length > 0) return false
  for (const { name, uid, accessKeys = [], ramUsers = [], quotas = {}, instances = [] } of seed.accounts) {
    const account = await registry.accounts.create(name, uid)
    for (const key of accessKeys) await registry.accessKeys.create(account.id, undefined, key)
    for (const { name, allowed, accessKeys = [] } of ramUsers) {
      const user = await registry.accounts.createRamUser(account.id, name, allowed)
      for (const key of accessKeys) await registry.accessKeys.create(account.id, user.id, key)
    }
    for (const [action, perSecond] of Object.entries(quotas)) {
      await registry.accounts.setQuota(account.id, action, perSecond)
    }
    for (const { kind, instanceId, name, products = [] } of instances) {
      const instance = await registry.instances.create(account.id, kind, name ?? kind, instanceId)
      for (const { devices = [], ...chosen } of products) {
        const { product } = await registry.products.create(instance, chosen)
        for (let first = 0; first < devices.length; first += batchMax) {
          const list = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], devices.slice(first, first + batchMax))
          const report = reportDeviceList(list, await registry.devices.judge(product, list))
          if (report !== undefined) {
            const [{ DeviceName, ErrorMsg }] = report.InvalidDetailList as [
              (typeof report.InvalidDetailList)[0],
            ]
            throw new Error(
              `the seed's device ${JSON.stringify(DeviceName)} of ${product.productKey}: ${ErrorMsg}`,
            )
          }
          await registry.devices.import(account.id, product, list)
        }
      }
    }
  }
  return true
}

/** Judges what the types promise and nothing deeper checks: the rest is judged where it is created. */
function checkSeed(parsed: unknown): Seed {
  const seed = parsed as Seed
  if (!Array.isArray(seed?.accounts)) throw new Error('a seed is {"accounts": [ … ]}')
  seed.accounts.forEach((account, a) => {
    const at = `accounts[${a}]`
    if (typeof account?.name !== 'string') throw new Error(`${at}.name of the seed must be a text`)
    for (const [i, instance] of (account.instances ?? []).entries()) {
      if (!instanceKinds.includes(instance?.kind)) {
        throw new Error(`${at}.instances[${i}].kind of the seed must be one of ${instanceKinds.join(', ')}`)
      }
      for (const [p, product] of (instance.products ?? []).entries()) {
        const place = `${at}.instances[${i}].products[${p}]`
        if (!authTypes.includes(product?.authType)) {
          throw new Error(`${place}.authType of the seed must be one of ${authTypes.join(', ')}`)
        }
        if (typeof product.name !== 'string') throw new Error(`${place}.name of the seed must be a text`)
      }
    }
  })
  return seed
}
