import type { schema } from '../schema.ts'
import type { RowOf } from '../table.ts'
/** The topic classes of a product, once they were changed. */
export type TopicClassesRow = Omit<RowOf<typeof schema.topicClasses>, 'product'>

export interface TopicStore {
  /** Undefined: the product has the classes of its creation. */
  find(product: number): Promise<TopicClassesRow | undefined>
  /**
   * Replaces the classes that were read.
   * @throws Conflict when they were changed meanwhile; NotFound when the product is gone
   */
  replace(product: number, before: TopicClassesRow | undefined, after: TopicClassesRow): Promise<void>
}
