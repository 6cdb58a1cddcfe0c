import type { Client } from '../../client/client.ts'
import type { AnswerOf } from '../../client/outcome.ts'
import type { DevicePage } from '../shell/device-export.ts'
import { inInstance } from './batch.ts'

/** A device of a batch; each operation omits some fields. */
export interface DeviceOfBatch {
  readonly DeviceName: string
  readonly DeviceSecret: string
  readonly Sn?: string
  readonly IotId?: string
}

/** An operation that lists the devices of a batch; both support imported and registered batches. */
export interface Way {
  readonly action: 'QueryImportedDeviceByApplyId' | 'QueryPageByApplyId'
  readonly pageSizeMax: number
  readonly columns: readonly (keyof DeviceOfBatch)[]
  /** @param page counted from 1 */
  parameters(page: number, size: number): Record<string, string>
  devices(answer: AnswerOf<Way['action']>): readonly DeviceOfBatch[]
  /** Number of devices; if the operation returns only the number of pages, an upper bound. */
  total(answer: AnswerOf<Way['action']>): number
}

type Imported = AnswerOf<'QueryImportedDeviceByApplyId'>
type Registered = AnswerOf<'QueryPageByApplyId'>

const imported: Way = {
  action: 'QueryImportedDeviceByApplyId',
  pageSizeMax: 1000,
  columns: ['DeviceName', 'DeviceSecret', 'Sn'],
  parameters: (page, size) => ({ PageNo: String(page), PageSize: String(size) }),
  devices: (answer: Imported) => answer.DeviceList.device,
  total({ PageNo, PageSize, TotalPage, DeviceList }: Imported) {
    const isLast = PageNo >= TotalPage
    return isLast ? (PageNo - 1) * PageSize + DeviceList.device.length : TotalPage * PageSize
  },
}

const registered: Way = {
  action: 'QueryPageByApplyId',
  pageSizeMax: 50,
  columns: ['DeviceName', 'DeviceSecret', 'IotId'],
  parameters: (page, size) => ({ CurrentPage: String(page), PageSize: String(size) }),
  devices: (answer: Registered) => answer.ApplyDeviceList.ApplyDeviceInfo,
  total: ({ Total }: Registered) => Total,
}

/** The operations in order of preference: the first returns serial numbers, in pages of up to 1,000. */
const ways = [imported, registered] as const

/** Returns the operation that a key may use; undefined if it may use none. */
export const wayFor = (may: (action: string) => boolean): Way | undefined =>
  ways.find(({ action }) => may(action))

/** A batch in its instance. */
export interface OfBatch {
  readonly instance: string
  readonly applyId: number
}

/**
 * Yields all devices of a batch, page by page.
 * @param count their number if known; otherwise the operation's
 * @param rest awaited before each further call
 * @throws Refused, Unreachable
 */
export async function* devicePages(
  client: Client,
  way: Way,
  { instance, applyId }: OfBatch,
  count: number | undefined,
  rest: () => Promise<unknown>,
): AsyncGenerator<DevicePage> {
  for (let page = 1; ; page++) {
    const answer = await client.call(way.action, {
      ...inInstance(instance),
      ApplyId: String(applyId),
      ...way.parameters(page, way.pageSizeMax),
    })
    const devices = way.devices(answer)
    const total = way.total(answer)
    yield { devices: devices.map((device) => ({ ...device })), total: count ?? total }
    if (page * way.pageSizeMax >= total) return
    await rest()
  }
}
