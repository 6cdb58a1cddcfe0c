import type { Client } from '../../client/client.ts'

export const kinds = ['Import', 'Register', 'Check'] as const
export type Kind = (typeof kinds)[number]

/** What has an ApplyId, as ListDeviceBatches answers it. */
export interface Batch {
  readonly ApplyId: number
  readonly Kind: Kind
  readonly ProductKey: string
  readonly ProductName: string
  /** Devices when it was made, or names that were checked. */
  readonly DeviceCount: number
  /** In milliseconds since 1970 UTC. */
  readonly GmtCreate: number
  /** False of a checked list. */
  readonly Registered: boolean
}

/** The parameter IotInstanceId, where the instance has an ID. */
export const inInstance = (instance: string): { readonly IotInstanceId?: string } =>
  instance === '' ? {} : { IotInstanceId: instance }

const pageSize = 100
const pagesMax = 50

/** As many batches as `findBatch` looks at. */
export const soughtMax = pageSize * pagesMax

/**
 * Looks for a batch among the newest: no operation tells of a single one.
 * @returns undefined where there is none, 'older' where it would come after the newest `soughtMax`
 * @throws Refused, Unreachable
 */
export async function findBatch(
  client: Client,
  instance: string,
  applyId: number,
): Promise<Batch | 'older' | undefined> {
  let token: string | undefined
  for (let page = 0; page < pagesMax; page++) {
    const { Data } = await client.call('ListDeviceBatches', {
      ...inInstance(instance),
      MaxResults: String(pageSize),
      ...(token !== undefined && { NextToken: token }),
    })
    const batches: readonly Batch[] = Data.Batch
    const found = batches.find(({ ApplyId }) => ApplyId === applyId)
    if (found !== undefined) return found
    token = Data.NextToken
    // The newest first, and an ApplyId is greater than all before it.
    if (token === undefined || batches.some(({ ApplyId }) => ApplyId < applyId)) return undefined
  }
  return 'older'
}
