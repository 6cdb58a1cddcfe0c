import type { Clock } from '../lib/clock.ts'
import { type Random, randomText } from '../lib/random.ts'
import * as rule from '../rules/identifiers.ts'
import type { InstanceKind } from '../rules/product-fields.ts'
import type { InstanceRow, Storage } from '../storage/storage.ts'
import { describeDuplicate } from './conflicts.ts'

export interface Instance extends InstanceRow {
  readonly kind: InstanceKind
}

export interface CountedInstance extends Instance {
  readonly products: number
  readonly devices: number
}

export interface Instances {
  /**
   * Creates an instance. An account has at most one public instance, which has no ID; other instances get a
   * generated ID unless one is given.
   */
  create(account: number, kind: InstanceKind, name: string, instanceId?: string): Promise<Instance>
  /**
   * Returns the instance that a call names with IotInstanceId, or the public instance if it names none.
   * @returns undefined if the account has no such instance
   */
  find(account: number, instanceId: string | undefined): Promise<Instance | undefined>
  of(account: number): Promise<Instance[]>
  /** Returns the account's instances, each with its number of products and their total number of devices. */
  counted(account: number): Promise<CountedInstance[]>
}

/** An instance as the store has it; the database checks the kind. */
export const instanceOfRow = (row: InstanceRow): Instance => row as Instance

export function instances(storage: Storage, clock: Clock, random: Random): Instances {
  const store = storage.instances
  const own: Instances = {
    async create(account, kind, name, given) {
      if (kind === 'public' && given !== undefined) throw new Error('a public instance has no ID')
      const instanceId =
        kind === 'public'
          ? undefined
          : (given ?? `iot-${randomText(random, 8, 'abcdefghijklmnopqrstuvwxyz0123456789')}`)
      if (instanceId !== undefined) rule.assertValid(rule.instanceId, instanceId)
      const row = { account, instanceId, kind, name, createdAt: clock.now() }
      const what =
        instanceId === undefined ? 'the place of the public instance' : `the ID ${JSON.stringify(instanceId)}`
      return { id: await describeDuplicate(what, () => store.insert(row)), ...row }
    },
    async find(account, instanceId) {
      const row = await store.find(account, instanceId)
      return row && instanceOfRow(row)
    },
    of: async (account) => (await store.of(account)).map(instanceOfRow),
    async counted(account) {
      const [instances, sums] = await Promise.all([own.of(account), storage.products.sums(account)])
      const sumOf = new Map(sums.map((sum) => [sum.instance, sum]))
      return instances.map((instance) => {
        const { products = 0, devices = 0 } = sumOf.get(instance.id) ?? {}
        return { ...instance, products, devices }
      })
    },
  }
  return own
}
