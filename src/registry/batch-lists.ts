import type { Clock } from '../lib/clock.ts'
import type { BatchFilter, ListedBatch, Storage } from '../storage/storage.ts'
import { retentionMs } from './checked-lists.ts'
import type { Instance } from './instances.ts'
import { pageToken, placeOf } from './page-token.ts'
import type { Product } from './products.ts'

export const batchKinds = ['Import', 'Register', 'Check'] as const satisfies BatchFilter['kind'][]
export type ListedKind = (typeof batchKinds)[number]

/** What narrows a list. */
interface Narrowed {
  readonly product: Product | undefined
  readonly kind: ListedKind | undefined
}

/** A part of a list, with the token of the page after it, where one follows. */
interface BatchPage {
  readonly batches: ListedBatch[]
  readonly next?: string | undefined
}

/** What has an ApplyId: batches, and checked lists that nobody has registered. */
export interface BatchLists {
  /**
   * A page of what an instance has, the newest first.
   * @param of also tells what comes after a page
   * @returns undefined when the token is not the list's
   */
  page(
    instance: Instance,
    of: Narrowed & { readonly token: string | undefined },
    limit: number,
  ): Promise<BatchPage | undefined>
  /** The one of this ApplyId, where it is in the list. */
  one(instance: Instance, of: Narrowed, applyId: number): Promise<BatchPage>
}

export function batchLists({ devices: store }: Storage, key: Buffer, clock: Clock): BatchLists {
  /** The newest whose ApplyIds are below a number; of each kind, which is a walk of an index, so many. */
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
      // One more tells whether another page follows.
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
