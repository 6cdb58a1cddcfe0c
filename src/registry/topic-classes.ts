import { initialTopicClasses, type TopicOperation } from '../rules/topic-classes.ts'
import type { ProductRow, TopicClassesRow, TopicStore } from '../storage/storage.ts'
import { retryOnConflict } from './conflicts.ts'

/** A topic class of a product. */
export interface TopicClass {
  /** The TopicId: unique in the store, never reused, and contains the product's number. */
  readonly id: number
  /**
   * The topic, with `${deviceName}` as placeholder for the device's name:
   * `/${productKey}/${deviceName}/user/get`.
   */
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
  /** Returns a product's topic classes in order of creation. */
  of(product: ProductRow): Promise<readonly TopicClass[]>
  /** Returns the number of the product in a TopicId. */
  productOf(id: number): number
  /**
   * @returns the new class; `taken` if the product has one with that template, `full` if it has the maximum
   * number
   */
  create(product: ProductRow, chosen: NewTopicClass): Promise<TopicClass | 'taken' | 'full'>
  /** Replaces a class; undefined if there is none with that ID, `taken` as above. */
  update(
    product: ProductRow,
    id: number,
    change: Partial<NewTopicClass>,
  ): Promise<TopicClass | 'taken' | undefined>
  /** Returns false if there is no class with that ID. */
  delete(product: ProductRow, id: number): Promise<boolean>
  /** Returns a function that gives a product's current classes, for the lifetime of a connection. */
  current(product: Classified): Promise<() => readonly TopicClass[]>
  /** Reads the classes of products again that connections use; called for changes in the log. */
  reload(products: readonly number[]): Promise<void>
  /** Whether `reload` is called for every change from now on; otherwise `current` reads from the store. */
  watched(isWatched: boolean): void
}

/** Maximum number of topic classes per product (mqtt-facts §1.7). */
export const topicClassesMax = 50

/** A TopicId is the product's number times this, plus the class's number. */
const perProduct = 1_000_000

const initial = ({ id, productKey }: Classified): TopicClass[] =>
  initialTopicClasses(productKey).map((one, i) => ({ id: id * perProduct + i + 1, ...one, description: '' }))

type Listed = Omit<TopicClass, 'id'> & { readonly number: number }

/** The cached classes of a product with connected devices. */
interface Remembered {
  readonly product: Classified
  classes: readonly TopicClass[]
  /** Incremented with each change, so that results read before a change are read again. */
  changes: number
  /** Whether it was read since the change log is watched. */
  isCurrent: boolean
  /** The same function for all devices of the product. */
  readonly current: () => readonly TopicClass[]
}

/** The facts about a product that topic classes need. */
type Classified = Pick<ProductRow, 'id' | 'productKey'>

/** A list of classes after an edit, without `classes` if nothing changes, and the result for the caller. */
interface Edited<T> {
  readonly classes?: readonly TopicClass[]
  readonly result: T
}

function created(classes: readonly TopicClass[], added: TopicClass): Edited<TopicClass | 'taken' | 'full'> {
  if (classes.some(({ template }) => template === added.template)) return { result: 'taken' }
  if (classes.length >= topicClassesMax) return { result: 'full' }
  return { classes: [...classes, added], result: added }
}

function updated(
  classes: readonly TopicClass[],
  id: number,
  chosen: Partial<NewTopicClass>,
): Edited<TopicClass | 'taken' | undefined> {
  const found = classes.find((one) => one.id === id)
  if (found === undefined) return { result: undefined }
  const result = { ...found, ...chosen }
  if (classes.some((one) => one.id !== id && one.template === result.template)) return { result: 'taken' }
  return { classes: classes.map((one) => (one.id === id ? result : one)), result }
}

/** The topic classes of products: stored, and cached for products with connected devices. */
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

  /** Changes a product's classes; computes the change again if another process changed them meanwhile. */
  const change = <T>(
    product: ProductRow,
    edit: (classes: readonly TopicClass[], nextId: number) => Edited<T>,
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

  return {
    of: async (product) => classesOf(product, await store.find(product.id)),
    productOf: (id) => Math.floor(id / perProduct),
    create: (product, chosen) => change(product, (classes, id) => created(classes, { id, ...chosen })),
    update: (product, id, chosen) => change(product, (classes) => updated(classes, id, chosen)),
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
}
