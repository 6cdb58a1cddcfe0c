import { z } from 'zod'
import { columnsOf } from '../lib/columns.ts'
import { validateList } from '../rules/device-list.ts'
import { reportDeviceList } from '../rules/device-report.ts'
import * as rule from '../rules/identifiers.ts'
import { importList } from '../rules/import-list.ts'
import { authTypes, instanceKinds, isProductName, netTypes } from '../rules/product-fields.ts'
import { devicesOf } from './batches.ts'
import type { NewProduct } from './products.ts'
import type { Registry } from './registry.ts'

/** A string that obeys a rule; the error quotes the value. */
const identifier = (kind: rule.IdentifierRule) =>
  z.string().superRefine((value, context) => {
    const message = rule.problemWith(kind, value)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })

const device = z.strictObject({
  DeviceName: z.string(),
  DeviceSecret: z.string(),
  Sn: z.string().optional(),
})

const product = z.strictObject({
  name: z
    .string()
    .refine(isProductName, { error: ({ input }) => `${JSON.stringify(input)} is no product name` }),
  authType: z.enum(authTypes),
  productKey: identifier(rule.productKey).optional(),
  nodeType: z.literal([0, 1]).optional(),
  dataFormat: z.literal([0, 1]).optional(),
  netType: z.enum(Object.keys(netTypes) as (keyof typeof netTypes)[]).optional(),
  description: z.string().optional(),
  devices: z.array(device).default([]),
})

const accessKey = z.strictObject({
  id: identifier(rule.accessKeyId),
  secret: identifier(rule.accessKeySecret),
})

const account = z.strictObject({
  name: z.string().min(1),
  uid: identifier(rule.uid).optional(),
  accessKeys: z.array(accessKey).default([]),
  ramUsers: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        allowed: z.array(identifier(rule.actionPattern)).optional(),
        accessKeys: z.array(accessKey).default([]),
      }),
    )
    .default([]),
  /** Calls per second by action, overriding the declared quotas. */
  quotas: z.record(z.string(), z.int().min(0)).default({}),
  instances: z
    .array(
      z.strictObject({
        kind: z.enum(instanceKinds),
        instanceId: identifier(rule.instanceId).optional(),
        name: z.string().optional(),
        products: z.array(product).default([]),
      }),
    )
    .default([]),
})

/** The content of a seed file (example: docs/guide/seed.md); omitted values are generated. */
const seedShape = z.strictObject({ accounts: z.array(account).min(1) })
export type Seed = z.infer<typeof seedShape>

/**
 * Validates a whole seed before anything is written.
 * @throws Error with the path in the seed and the expected value
 */
export function validateSeed(parsed: unknown): Seed {
  if (!Array.isArray((parsed as Seed | null)?.accounts)) throw new Error('a seed is {"accounts": [ … ]}')
  const result = seedShape.safeParse(parsed)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new Error(`${placeOf(issue!.path)} of the seed: ${issue!.message}`)
  }
  judgeUniqueness(result.data)
  for (const { instances } of result.data.accounts) {
    for (const { products } of instances) products.forEach(judgeDevices)
  }
  return result.data
}

/** Formats a path as accounts[0].instances[1].kind. */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1)
}

function judgeUniqueness({ accounts }: Seed): void {
  const seen = new Set<string>()
  const once = (what: string, value: string | undefined) => {
    if (value === undefined) return
    if (seen.has(`${what} ${value}`))
      throw new Error(`the seed has the ${what} ${JSON.stringify(value)} twice`)
    seen.add(`${what} ${value}`)
  }
  accounts.forEach(({ name, uid, accessKeys, ramUsers, instances }, a) => {
    once('account', name)
    once('UID', uid)
    for (const { id } of [...accessKeys, ...ramUsers.flatMap((user) => user.accessKeys)])
      once('AccessKeyId', id)
    for (const user of ramUsers) once(`RAM user of ${name}`, user.name)
    for (const { kind, instanceId, products } of instances) {
      if (kind === 'public') {
        if (instanceId !== undefined)
          throw new Error(`the public instance of accounts[${a}] of the seed can't have an ID`)
        once('public instance of', name)
      }
      once('instance ID', instanceId)
      for (const { productKey } of products) once('ProductKey', productKey)
      const names = products.map((product) => product.name)
      const twice = names.find((name, i) => names.indexOf(name) !== i)
      if (twice !== undefined)
        throw new Error(`an instance of the seed has two products named ${JSON.stringify(twice)}`)
    }
  })
}

function judgeDevices({
  devices,
  name,
  productKey,
}: Seed['accounts'][0]['instances'][0]['products'][0]): void {
  const list = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], devices)
  const [bad] =
    reportDeviceList(importList, list, validateList(importList, list, 0).verdicts)?.InvalidDetailList ?? []
  if (bad !== undefined) {
    throw new Error(
      `the seed's device ${JSON.stringify(bad.DeviceName)} of ${productKey ?? name}: ${bad.ErrorMsg}`,
    )
  }
}

/** Maximum number of devices per batch. */
const batchMax = 10_000

/** Writes a valid seed into an empty store. */
export async function applySeed(registry: Registry, seed: Seed): Promise<void> {
  for (const { name, uid, accessKeys, ramUsers, quotas, instances } of seed.accounts) {
    const account = await registry.accounts.create(name, uid)
    for (const key of accessKeys) await registry.accessKeys.create(account.id, undefined, key)
    for (const { name, allowed, accessKeys } of ramUsers) {
      const user = await registry.accounts.createRamUser(account.id, name, allowed)
      for (const key of accessKeys) await registry.accessKeys.create(account.id, user.id, key)
    }
    for (const [action, perSecond] of Object.entries(quotas)) {
      await registry.accounts.setQuota(account.id, action, perSecond)
    }
    for (const { kind, instanceId, name, products } of instances) {
      const instance = await registry.instances.create(account.id, kind, name ?? kind, instanceId)
      for (const { devices, ...chosen } of products) {
        const { product } = await registry.products.create(instance, chosen as NewProduct)
        for (let first = 0; first < devices.length; first += batchMax) {
          const list = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], devices.slice(first, first + batchMax))
          await registry.batches.import(account.id, product, devicesOf(list))
        }
      }
    }
  }
}
