import type { Client } from '../../client/client.ts'
import type { AnswerOf } from '../../client/outcome.ts'
import { type Parameters, sendable } from '../shell/parameters.ts'

/** Search modes in display order; the first permitted one is the default. */
export const ways = ['prefix', 'newest', 'name', 'iotId', 'status', 'tag', 'group'] as const
export type Way = (typeof ways)[number]

/** A search: a mode with its value. */
export type Search =
  | { readonly way: 'prefix'; readonly prefix: string }
  | { readonly way: 'newest' }
  | { readonly way: 'name'; readonly name: string }
  | { readonly way: 'iotId'; readonly iotId: string }
  | { readonly way: 'status'; readonly status: DeviceState }
  | { readonly way: 'tag'; readonly key: string; readonly value: string }
  | { readonly way: 'group'; readonly groupId: string }

/** States to search for, with QueryDeviceByStatus' numbers. */
export const stateNumbers = { ONLINE: 1, OFFLINE: 3, UNACTIVE: 0, DISABLE: 8 } as const
export type DeviceState = keyof typeof stateNumbers

/** The operation of each mode. */
export const actionOf = {
  prefix: 'ListDevices',
  newest: 'QueryDevice',
  name: 'QueryDeviceDetail',
  iotId: 'QueryDeviceDetail',
  status: 'QueryDeviceByStatus',
  tag: 'QueryDeviceByTags',
  group: 'QueryDeviceListByDeviceGroup',
} as const satisfies { readonly [W in Way]: string }

/** Modes that search the whole instance rather than a product. */
export const isOfInstance = (way: Way): boolean => way === 'tag' || way === 'group' || way === 'iotId'

/** A mode with an empty value. */
export function blank(way: Way): Search {
  switch (way) {
    case 'prefix':
      return { way, prefix: '' }
    case 'newest':
      return { way }
    case 'name':
      return { way, name: '' }
    case 'iotId':
      return { way, iotId: '' }
    case 'status':
      return { way, status: 'ONLINE' }
    case 'tag':
      return { way, key: '', value: '' }
    case 'group':
      return { way, groupId: '' }
  }
}

/** Reports whether a search has enough input. */
export function isAskable(search: Search): boolean {
  switch (search.way) {
    case 'name':
      return search.name !== ''
    case 'iotId':
      return search.iotId !== ''
    case 'tag':
      return search.key !== ''
    case 'group':
      return search.groupId !== ''
    default:
      return true
  }
}

/** Page sizes of the table. */
export const pageSizes = [20, 50, 100, 200] as const

/** The largest page of each mode's operation; larger pages of the table are joined. */
const callSizes: { readonly [W in Way]: number } = {
  prefix: 100,
  newest: 50,
  name: 1,
  iotId: 1,
  status: 50,
  tag: 50,
  group: 200,
}

/** The product in which devices are searched. */
export interface OfProduct {
  readonly instance: string
  readonly productKey: string
}

/**
 * Returns the call for a page of a search.
 * @param cursor `next` of the previous page; undefined for the first
 */
export function pageCall(
  search: Search,
  { instance, productKey }: OfProduct,
  pageSize: number,
  cursor: string | undefined,
): { readonly action: SearchAction; readonly parameters: Parameters } {
  const action = actionOf[search.way]
  const inInstance = { IotInstanceId: instance }
  const inProduct = { ...inInstance, ProductKey: productKey }
  const numbered = { CurrentPage: cursor ?? 1, PageSize: pageSize }
  switch (search.way) {
    case 'prefix':
      return {
        action,
        parameters: { ...inProduct, NamePrefix: search.prefix, MaxResults: pageSize, NextToken: cursor },
      }
    case 'newest':
      return { action, parameters: { ...inProduct, PageSize: pageSize, NextToken: cursor } }
    case 'name':
      return { action, parameters: { ...inProduct, DeviceName: search.name } }
    case 'iotId':
      return { action, parameters: { ...inInstance, IotId: search.iotId } }
    case 'status':
      return { action, parameters: { ...inProduct, Status: stateNumbers[search.status], ...numbered } }
    case 'tag':
      return {
        action,
        parameters: {
          ...inInstance,
          'Tag.1.TagKey': search.key,
          'Tag.1.TagValue': search.value,
          ...numbered,
        },
      }
    case 'group':
      return { action, parameters: { ...inInstance, GroupId: search.groupId, ...numbered } }
  }
}

/** A device in the table, with the fields that the mode returns. */
export interface Found {
  readonly productKey: string
  readonly name: string
  readonly productName?: string | undefined
  readonly nickname?: string | undefined
  readonly status?: string | undefined
  /** In milliseconds since 1970 UTC. */
  readonly createdAt?: number | undefined
  readonly iotId?: string | undefined
  readonly sn?: string | undefined
}

export interface FoundPage {
  readonly devices: readonly Found[]
  /** Cursor of the next page; undefined at the end. */
  readonly next: string | undefined
  /** Total of all pages, if the operation returns it. */
  readonly total?: number
}

/** The operations by which devices are searched. */
type SearchAction = (typeof actionOf)[Way]

/** Calls an operation that searches devices. */
export type Call = (action: SearchAction, parameters: Parameters) => Promise<AnswerOf<SearchAction>>

/** Searches by a client. */
export const callOf =
  (client: Client): Call =>
  (action, parameters) =>
    client.call(action, sendable(parameters))

/** The fields of a device in the answers, each of which omits some. */
interface Answered {
  readonly DeviceName: string
  readonly ProductKey?: string
  readonly ProductName?: string
  readonly Nickname?: string
  readonly Status?: string
  readonly DeviceStatus?: string
  /** A number is in milliseconds since 1970 UTC; a text is a local time, so UtcCreate is read instead. */
  readonly GmtCreate?: number | string
  readonly UtcCreate?: string
  readonly IotId?: string
  readonly Sn?: string
}

/** Reads the answer to a page's call. */
export function readPage<W extends Way>(
  way: W,
  productKey: string,
  answer: AnswerOf<(typeof actionOf)[W]>,
): FoundPage {
  const found = (device: Answered): Found => ({
    productKey: device.ProductKey ?? productKey,
    productName: device.ProductName,
    name: device.DeviceName,
    nickname: device.Nickname || undefined,
    iotId: device.IotId,
    sn: device.Sn || undefined,
    status: device.Status ?? device.DeviceStatus,
    createdAt:
      typeof device.GmtCreate === 'number'
        ? device.GmtCreate
        : device.UtcCreate === undefined
          ? undefined
          : Date.parse(device.UtcCreate),
  })
  return pageOf[way](answer, found)
}

type Read = (device: Answered) => Found
type Numbered = AnswerOf<(typeof actionOf)['status' | 'tag' | 'group']>

const pageNumbered = (answer: Numbered, found: Read): FoundPage => ({
  devices: answer.Data.SimpleDeviceInfo.map(found),
  next: answer.Page < answer.PageCount ? String(answer.Page + 1) : undefined,
  total: answer.Total,
})

const pageOfOne = (answer: AnswerOf<(typeof actionOf)['name' | 'iotId']>, found: Read): FoundPage => ({
  devices: [found(answer.Data)],
  next: undefined,
  total: 1,
})

const pageOf: { readonly [W in Way]: (answer: AnswerOf<(typeof actionOf)[W]>, found: Read) => FoundPage } = {
  prefix: ({ Data }, found) => ({ devices: Data.Device.map(found), next: Data.NextToken || undefined }),
  newest: (answer, found) => ({
    devices: answer.Data.DeviceInfo.map(found),
    next: answer.NextToken || undefined,
    total: answer.Total,
  }),
  name: pageOfOne,
  iotId: pageOfOne,
  status: pageNumbered,
  tag: pageNumbered,
  group: pageNumbered,
}

/**
 * Loads a page of the table, by several calls if it is larger than a page of the operation.
 * @param cursor `next` of the previous page; undefined for the first
 */
export async function loadPage(
  call: Call,
  search: Search,
  product: OfProduct,
  pageSize: number,
  cursor: string | undefined,
): Promise<FoundPage> {
  const devices: Found[] = []
  let next = cursor
  let total: number | undefined
  do {
    const asked = pageCall(search, product, Math.min(pageSize, callSizes[search.way]), next)
    const page = readPage(search.way, product.productKey, await call(asked.action, asked.parameters))
    devices.push(...page.devices)
    next = page.next
    total = page.total
  } while (next !== undefined && devices.length < pageSize)
  return { devices, next, ...(total !== undefined && { total }) }
}

/** All devices of a search, page by page. */
export async function* allFound(
  call: Call,
  search: Search,
  product: OfProduct,
): AsyncGenerator<readonly Found[]> {
  let cursor: string | undefined
  do {
    const page = await loadPage(call, search, product, callSizes[search.way], cursor)
    yield page.devices
    cursor = page.next
  } while (cursor !== undefined)
}
