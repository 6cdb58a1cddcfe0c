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

/** The start of a page: an offset from the newest device, or the token of the previous page. */
export type PageStart = { readonly offset: number } | { readonly token: string }

interface Page<Of> {
  readonly devices: Of[]
  /** The number of devices on all pages. */
  readonly total: number
}

/** A device without its secret. */
export interface RegisteredDevice extends FoundDevice {
  readonly createdAt: number
}

/** Lists of devices, newest first unless stated otherwise. */
export interface DeviceLists {
  /**
   * Lists a product's devices. Following the tokens returns each device that existed at the start exactly once,
   * whatever is added or deleted meanwhile.
   * @returns the page with the next page's token, if there is one; undefined if the token belongs to another
   * product
   */
  ofProduct(
    product: Product,
    start: PageStart,
    limit: number,
  ): Promise<{ readonly devices: Device[]; readonly next: string | undefined } | undefined>
  /**
   * Lists a product's devices by name, compared byte by byte. Every page costs the same; following the tokens
   * returns each device that exists throughout exactly once.
   * @param prefix prefix of the names
   * @returns the page with the next page's token, if there is one; undefined if the token belongs to another
   * list
   */
  byName(
    product: Product,
    prefix: string,
    token: string | undefined,
    limit: number,
  ): Promise<{ readonly devices: RegisteredDevice[]; readonly next: string | undefined } | undefined>
  /** Returns the devices of these names, in the order given; omits names that are not registered. */
  named(product: Product, names: readonly string[]): Promise<RegisteredDevice[]>
  /** Lists the devices in a state, judging by the leases of the nodes. */
  inState(
    products: readonly Product[],
    state: DeviceState,
    offset: number,
    limit: number,
  ): Promise<Page<Device>>
  /**
   * Counts the devices of products, or of a group, that were ever online and that are online; up to 10 s old.
   */
  counts(products: readonly Product[], group?: Group): Promise<SessionCounts>
  /** Lists the devices that have all of the tags. */
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

  /** Adds the registration time; omits devices whose product was deleted meanwhile. */
  async function registered(rows: readonly FoundDevice[]): Promise<RegisteredDevice[]> {
    const batches = await store.batches([...new Set(rows.map(({ batch }) => batch))])
    const createdAt = new Map(batches.map((batch) => [batch.id, batch.createdAt]))
    return rows.flatMap((row) => {
      const at = createdAt.get(row.batch)
      return at === undefined ? [] : [{ ...row, createdAt: at }]
    })
  }

  /**
   * Counts devices in a state. A product's device count is maintained with each change; other counts need a
   * query.
   */
  async function totalOf(products: readonly Product[], state: DeviceState): Promise<number> {
    const ids = idsOf(products)
    const disabledCount = store.count({ products: ids, state: 'DISABLE' })
    if (state === 'DISABLE') return disabledCount
    const { active, online, disabled } = await counts(products)
    if (state === 'ONLINE') return online
    if (state === 'OFFLINE') return Math.max(active - disabled - online, 0)
    const all = products.reduce((sum, { deviceCount }) => sum + deviceCount, 0)
    // `all` was read earlier, so the later counts may include newer devices.
    return Math.max(all - (await disabledCount) - (active - disabled), 0)
  }

  return {
    counts,
    async ofProduct(product, start, limit) {
      const filter: DeviceFilter = { products: [product.id] }
      // One more row shows whether there is a next page.
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
