import type { Clock } from '../lib/clock.ts'
import type {
  DeviceFilter,
  DeviceRow,
  DeviceState,
  SessionCounts,
  Storage,
  TagFilter,
} from '../storage/storage.ts'
import { countedSessions } from './counted-sessions.ts'
import type { Device, FoundDevice } from './device-secrets.ts'
import type { Devices } from './devices.ts'
import { decrypt, encrypt } from './encryption.ts'
import type { Group } from './groups.ts'
import { iotIdOf } from './iot-id.ts'
import { pageToken, placeOf } from './page-token.ts'
import type { Product } from './products.ts'
import type { StoreKeys } from './store-keys.ts'

/** Where a page begins: so many devices from the newest, or where the token of the page before says. */
export type PageStart = { readonly offset: number } | { readonly token: string }

interface Page<Of> {
  readonly devices: Of[]
  /** How many devices all pages have together. */
  readonly total: number
}

/** A device without its secret. */
export interface RegisteredDevice extends FoundDevice {
  readonly createdAt: number
}

/** Lists of devices, the newest first where nothing else is said. */
export interface DeviceLists {
  /**
   * The devices of a product. A walk from token to token meets each device that was there at its start exactly
   * once, whatever is added or deleted meanwhile.
   * @returns with the token of the page after it, where one follows; undefined when the token is not the product's
   */
  ofProduct(
    product: Product,
    start: PageStart,
    limit: number,
  ): Promise<{ readonly devices: Device[]; readonly next: string | undefined } | undefined>
  /**
   * A product’s devices in the order of their names, which are compared byte for byte. A page costs the same wherever
   * it is; a walk from token to token meets every device that is there all the while exactly once.
   * @param prefix what their names begin with
   * @returns with the token of the page after it, where one follows; undefined when the token is not the list’s
   */
  byName(
    product: Product,
    prefix: string,
    token: string | undefined,
    limit: number,
  ): Promise<{ readonly devices: RegisteredDevice[]; readonly next: string | undefined } | undefined>
  /** The devices of these names, in their order; names that are not registered are left out. */
  named(product: Product, names: readonly string[]): Promise<RegisteredDevice[]>
  /** Those in a state, by the leases of the nodes. */
  inState(
    products: readonly Product[],
    state: DeviceState,
    offset: number,
    limit: number,
  ): Promise<Page<Device>>
  /** How many devices of products, or of a group among them, were ever online and are online; up to 10 s old. */
  counts(products: readonly Product[], group?: Group): Promise<SessionCounts>
  /** Those that have all of the tags. */
  tagged(
    products: readonly Product[],
    tags: readonly TagFilter[],
    offset: number,
    limit: number,
  ): Promise<Page<FoundDevice>>
}

export function deviceLists(
  storage: Storage,
  devices: Devices,
  keys: StoreKeys,
  clock: Pick<Clock, 'elapsed'>,
): DeviceLists {
  const store = storage.devices
  const counted = countedSessions(storage.sessions, clock)
  const counts: DeviceLists['counts'] = (products, group) => counted(idsOf(products), group?.id)
  const idsOf = (products: readonly Product[]) => products.map(({ id }) => id)
  const found = (row: DeviceRow): FoundDevice => ({ ...row, iotId: iotIdOf(keys.iotId, row.number) })

  /** Devices with the times of their registration; those whose product was deleted meanwhile are left out. */
  async function registered(rows: readonly FoundDevice[]): Promise<RegisteredDevice[]> {
    const batches = await store.batches([...new Set(rows.map(({ batch }) => batch))])
    const createdAt = new Map(batches.map((batch) => [batch.id, batch.createdAt]))
    return rows.flatMap((row) => {
      const at = createdAt.get(row.batch)
      return at === undefined ? [] : [{ ...row, createdAt: at }]
    })
  }

  /** How many devices are in a state. The devices of a product are counted as they come and go; others are not. */
  async function totalOf(products: readonly Product[], state: DeviceState): Promise<number> {
    const ids = idsOf(products)
    const disabledCount = store.count({ products: ids, state: 'DISABLE' })
    if (state === 'DISABLE') return disabledCount
    const { active, online, disabled } = await counts(products)
    if (state === 'ONLINE') return online
    if (state === 'OFFLINE') return Math.max(active - disabled - online, 0)
    const all = products.reduce((sum, { deviceCount }) => sum + deviceCount, 0)
    // It was read before: what came since may be among the others already.
    return Math.max(all - (await disabledCount) - (active - disabled), 0)
  }

  return {
    counts,
    async ofProduct(product, start, limit) {
      const filter: DeviceFilter = { products: [product.id] }
      // One more tells whether another page follows.
      const page = { limit: limit + 1 }
      let rows: DeviceRow[]
      if ('offset' in start) rows = await store.page(filter, { ...page, offset: start.offset })
      else {
        const below = decrypt(keys.place, start.token, product.id)
        if (below === undefined) return undefined
        rows = await store.page(filter, { ...page, below })
      }
      const more = rows.length > limit
      const shown = rows.slice(0, limit)
      return {
        devices: await devices.open(product.account, shown),
        next: more ? encrypt(keys.place, shown.at(-1)!.number, product.id) : undefined,
      }
    },
    async byName(product, prefix, token, limit) {
      const list = ['names', product.id, prefix]
      const after = token === undefined ? '' : placeOf(keys.pageToken, list, token)
      if (after === undefined) return undefined
      const rows = await store.pageByName(product.id, prefix, after, limit + 1)
      const shown = rows.slice(0, limit)
      return {
        devices: await registered(shown.map(found)),
        next: rows.length > limit ? pageToken(keys.pageToken, list, shown.at(-1)!.name) : undefined,
      }
    },
    named: async (product, names) => registered(await devices.lookUpNames(product, names)),
    async inState(products, state, offset, limit) {
      const ids = idsOf(products)
      const [rows, total] = await Promise.all([
        store.page({ products: ids, state }, { offset, limit }),
        totalOf(products, state),
      ])
      return { devices: rows.length === 0 ? [] : await devices.open(products[0]!.account, rows), total }
    },
    async tagged(products, tags, offset, limit) {
      const filter: DeviceFilter = { products: idsOf(products), everyTag: tags }
      const [rows, total] = await Promise.all([store.page(filter, { offset, limit }), store.count(filter)])
      return { devices: rows.map(found), total }
    },
  }
}
