import { initialTopicClasses, type TopicOperation } from '../rules/topic-classes.ts'
import type { ProductRow, TopicClassesRow, TopicStore } from '../storage/storage.ts'
import { retryOnConflict } from './conflicts.ts'

/** A topic class of a product. */
export interface TopicClass {
  /** The TopicId: unique in the store, never used again, and it tells the product. */
  readonly id: number
  /** The topic, `${deviceName}` standing for the device's name: `/${productKey}/${deviceName}/user/get`. */
  readonly template: string
  readonly operation: TopicOperation
  readonly description: string
}

export interface NewTopicClass {
  readonly template: string
  readonly operation: TopicOperation
  readonly description: string
}

export interface TopicClasses {
  /** In the order of their creation. */
  of(product: ProductRow): Promise<readonly TopicClass[]>
  /** The number of the product that a TopicId is of, if it is of any. */
  productOf(id: number): number
  /**
   * @returns the new class; `taken` when the product has one of that template, `full` when it has as many as it may
   */
  create(product: ProductRow, chosen: NewTopicClass): Promise<TopicClass | 'taken' | 'full'>
  /** Replaces a class; undefined when there is none of that id, `taken` as above. */
  update(
    product: ProductRow,
    id: number,
    change: Partial<NewTopicClass>,
  ): Promise<TopicClass | 'taken' | undefined>
  /** False when there is none of that id. */
  delete(product: ProductRow, id: number): Promise<boolean>
  /** The classes of a product for a connection's whole life: what the function returns follows every change. */
  current(product: Classified): Promise<() => readonly TopicClass[]>
  /** Reads the classes of products again that connections use; called with what the change log names. */
  reload(products: readonly number[]): Promise<void>
  /** Whether `reload` is called for every change from now on; otherwise `current` reads anew. */
  watched(isWatched: boolean): void
}

/** Topic classes of a product (mqtt-facts §1.7). */
export const topicClassesMax = 50

/** TopicIds of a product are this times its number and a number of the class. */
const perProduct = 1_000_000

const initial = ({ id, productKey }: Classified): TopicClass[] =>
  initialTopicClasses(productKey).map((one, i) => ({ id: id * perProduct + i + 1, ...one, description: '' }))

type Listed = Omit<TopicClass, 'id'> & { readonly number: number }

/** What is remembered of a product whose devices are connected. */
interface Remembered {
  readonly product: Classified
  classes: readonly TopicClass[]
  /** Raised with each change, so that what was read before one is read again. */
  changes: number
  /** Whether it was read since the change log is watched. */
  isCurrent: boolean
  /** The same function for all devices of the product. */
  readonly current: () => readonly TopicClass[]
}

/** What topic classes need of a product. */
type Classified = Pick<ProductRow, 'id' | 'productKey'>

export function topicClasses(store: TopicStore): TopicClasses {
  const remembered = new Map<number, Remembered>()
  let isWatched = false

  const classesOf = (product: Classified, row: TopicClassesRow | undefined): TopicClass[] =>
    row === undefined
      ? initial(product)
      : (JSON.parse(row.list) as Listed[]).map(({ number, ...rest }) => ({
          id: product.id * perProduct + number,
          ...rest,
        }))

  /** Changes the classes of a product; again from what they are then, when another process was faster. */
  const change = <T>(
    product: ProductRow,
    edit: (classes: TopicClass[], nextId: number) => { readonly classes?: TopicClass[]; readonly result: T },
  ): Promise<T> =>
    retryOnConflict(async () => {
      const before = await store.find(product.id)
      const nextNumber = before?.nextNumber ?? initial(product).length + 1
      const { classes, result } = edit(classesOf(product, before), product.id * perProduct + nextNumber)
      if (classes === undefined) return result
      const list: Listed[] = classes.map(({ id, ...rest }) => ({ number: id % perProduct, ...rest }))
      const added = classes.some(({ id }) => id % perProduct === nextNumber)
      await store.replace(product.id, before, {
        list: JSON.stringify(list),
        nextNumber: added ? nextNumber + 1 : nextNumber,
      })
      return result
    })

  async function load(entry: Remembered): Promise<void> {
    for (;;) {
      const { changes } = entry
      entry.classes = classesOf(entry.product, await store.find(entry.product.id))
      if (entry.changes === changes) break
    }
    entry.isCurrent = isWatched
  }

  const own: TopicClasses = {
    of: async (product) => classesOf(product, await store.find(product.id)),
    productOf: (id) => Math.floor(id / perProduct),
    create: (product, chosen) =>
      change<TopicClass | 'taken' | 'full'>(product, (classes, id) => {
        if (classes.some(({ template }) => template === chosen.template)) return { result: 'taken' }
        if (classes.length >= topicClassesMax) return { result: 'full' }
        const result = { id, ...chosen }
        return { classes: [...classes, result], result }
      }),
    update: (product, id, chosen) =>
      change<TopicClass | 'taken' | undefined>(product, (classes) => {
        const found = classes.find((one) => one.id === id)
        if (found === undefined) return { result: undefined }
        const result = { ...found, ...chosen }
        if (classes.some((one) => one.id !== id && one.template === result.template))
          return { result: 'taken' }
        return { classes: classes.map((one) => (one.id === id ? result : one)), result }
      }),
    delete: (product, id) =>
      change(product, (classes) => {
        const left = classes.filter((one) => one.id !== id)
        return left.length === classes.length ? { result: false } : { classes: left, result: true }
      }),

    async current(product) {
      let entry = remembered.get(product.id)
      if (!entry?.isCurrent) {
        const { id } = product
        const current = () => remembered.get(id)?.classes ?? []
        entry ??= { product, classes: [], changes: 0, isCurrent: false, current }
        remembered.set(id, entry)
        await load(entry)
      }
      return entry.current
    },
    async reload(products) {
      for (const id of products) {
        const entry = remembered.get(id)
        if (entry === undefined) continue
        entry.changes++
        await load(entry)
      }
    },
    watched(now) {
      isWatched = now
      for (const entry of remembered.values()) {
        entry.changes++
        entry.isCurrent = false
      }
    },
  }
  return own
}
