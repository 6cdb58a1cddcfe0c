import type { Clock } from '../lib/clock.ts'
import type { BatchFilter, ListedBatch, Storage } from '../storage/storage.ts'
import { keptMs } from './checked-lists.ts'
import type { Instance } from './instances.ts'
import { pageToken, placeOf } from './page-token.ts'
import type { Product } from './products.ts'

export const batchKinds = ['Import', 'Register', 'Check'] as const satisfies BatchFilter['kind'][]
export type ListedKind = (typeof batchKinds)[number]

/** What has an ApplyId: batches, and checked lists that nobody has registered. */
export interface BatchLists {
  /**
   * A page of what an instance has, the newest first.
   * @param of narrows it to a product, to one kind, or to what comes after a page
   * @returns with the token of the page after it, where one follows; undefined when the token is not the list's
   */
  page(
    instance: Instance,
    of: {
      readonly product: Product | undefined
      readonly kind: ListedKind | undefined
      readonly token: string | undefined
    },
    limit: number,
  ): Promise<{ readonly batches: ListedBatch[]; readonly next: string | undefined } | undefined>
}

export function batchLists({ devices: store }: Storage, key: Buffer, clock: Clock): BatchLists {
  return {
    async page(instance, { product, kind, token }, limit) {
      const list = ['batches', instance.id, product?.id, kind]
      const place = token === undefined ? String(Number.MAX_SAFE_INTEGER) : placeOf(key, list, token)
      if (place === undefined) return undefined
      const filter = {
        account: instance.account,
        instance: instance.id,
        product: product?.id,
        checkedSince: clock.now() - keptMs,
      }
      // Each kind is a walk of an index; one more tells whether another page follows.
      const found = await Promise.all(
        (kind === undefined ? batchKinds : [kind]).map((kind) =>
          store.batchPage({ ...filter, kind }, Number(place), limit + 1),
        ),
      )
      const rows = found.flat().sort((a, b) => b.id - a.id)
      const batches = rows.slice(0, limit)
      const more = rows.length > limit
      return { batches, next: more ? pageToken(key, list, String(batches.at(-1)!.id)) : undefined }
    },
  }
}
