import type { Clock } from '../lib/clock.ts'
import { type NameList, nameColumns, nameRows } from '../rules/name-list.ts'
import type { Storage } from '../storage/storage.ts'
import type { Product } from './products.ts'

/** A checked list of names, which a client can register by its ApplyId. */
export interface Checked {
  readonly list: NameList
  /** The errors of its entries; undefined if there are none. */
  readonly verdicts: Uint8Array | undefined
}

export interface CheckedLists {
  /** Saves a list and returns its ApplyId. */
  save(account: number, product: Product, checked: Checked): Promise<number>
  /** Returns undefined if the list belongs to another product, was registered, or has expired. */
  find(account: number, product: Product, applyId: number): Promise<Checked | undefined>
}

/** Days after which an unregistered list expires. */
export const retentionDays = 7

/** The stored form of a list. */
interface Kept {
  readonly rows: ReturnType<typeof nameRows>
  readonly verdicts?: readonly number[]
}

export const retentionMs = retentionDays * 24 * 60 * 60_000

export function checkedLists({ devices: store }: Storage, clock: Clock): CheckedLists {
  const isOld = (createdAt: number) => createdAt < clock.now() - retentionMs
  return {
    save(account, product, { list, verdicts }) {
      const kept: Kept = { rows: nameRows(list), ...(verdicts && { verdicts: [...verdicts] }) }
      const createdAt = clock.now()
      return store.insertChecked(
        {
          account,
          product: product.id,
          good: verdicts === undefined,
          list: JSON.stringify(kept),
          size: list.count,
          createdAt,
        },
        createdAt - retentionMs,
      )
    },
    async find(account, product, applyId) {
      const row = await store.checked(applyId)
      if (row?.account !== account || row.product !== product.id || isOld(row.createdAt)) return undefined
      const { rows, verdicts }: Kept = JSON.parse(row.list)
      return { list: nameColumns(rows), verdicts: verdicts && Uint8Array.from(verdicts) }
    },
  }
}
