/** The topic classes of a product, once they were changed. */
export interface TopicClassesRow {
  /** In a form that only its writer reads. */
  readonly list: string
  /** The number of the next class. */
  readonly nextNumber: number
}

export interface TopicStore {
  /** Undefined: the product has the classes of its creation. */
  find(product: number): Promise<TopicClassesRow | undefined>
  /**
   * Replaces the classes that were read.
   * @throws Conflict when they were changed meanwhile; NotFound when the product is gone
   */
  replace(product: number, before: TopicClassesRow | undefined, after: TopicClassesRow): Promise<void>
}
