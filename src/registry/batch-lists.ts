import type { Clock } from '../lib/clock.ts'
import type { BatchFilter, ListedBatch, Storage } from '../storage/storage.ts'
import { retentionMs } from './checked-lists.ts'
import type { Instance } from './instances.ts'
import { pageToken, placeOf } from './page-token.ts'
import type { Product } from './products.ts'

export const batchKinds = ['Import', 'Register', 'Check'] as const satisfies BatchFilter['kind'][]
export type ListedKind = (typeof batchKinds)[number]

/** The filters of a list. */
interface Narrowed {
  readonly product: Product | undefined
  readonly kind: ListedKind | undefined
}

/** A page of a list, with the next page's token if there is one. */
interface BatchPage {
  readonly batches: ListedBatch[]
  readonly next?: string | undefined
}

/** Lists whatever has an ApplyId: batches, and checked lists that no client has registered. */
export interface BatchLists {
  /**
   * Returns a page of an instance's batches and checked lists, newest first.
   * @param of also determines the next page's token
   * @returns undefined if the token belongs to another list
   */
  page(
    instance: Instance,
    of: Narrowed & { readonly token: string | undefined },
    limit: number,
  ): Promise<BatchPage | undefined>
  /** Returns the entry with this ApplyId if the list contains it. */
  one(instance: Instance, of: Narrowed, applyId: number): Promise<BatchPage>
}

export function batchLists({ devices: store }: Storage, key: Buffer, clock: Clock): BatchLists {
  /** Reads the newest entries below an ApplyId, up to `limit` of each kind; each read walks an index. */
  async function newest(
    { id, account }: Instance,
    { product, kind }: Narrowed,
    below: number,
    limit: number,
  ) {
    const filter = { account, instance: id, product: product?.id, checkedSince: clock.now() - retentionMs }
    const found = await Promise.all(
      (kind === undefined ? batchKinds : [kind]).map((kind) =>
        store.batchPage({ ...filter, kind }, below, limit),
      ),
    )
    return found.flat().sort((a, b) => b.id - a.id)
  }

  return {
    async page(instance, { token, ...of }, limit) {
      const list = ['batches', instance.id, of.product?.id, of.kind]
      const place = token === undefined ? String(Number.MAX_SAFE_INTEGER) : placeOf(key, list, token)
      if (place === undefined) return undefined
      // One more row shows whether there is a next page.
      const rows = await newest(instance, of, Number(place), limit + 1)
      const batches = rows.slice(0, limit)
      const more = rows.length > limit
      return { batches, next: more ? pageToken(key, list, String(batches.at(-1)!.id)) : undefined }
    },
    async one(instance, of, applyId) {
      return { batches: (await newest(instance, of, applyId + 1, 1)).filter(({ id }) => id === applyId) }
    },
  }
}
