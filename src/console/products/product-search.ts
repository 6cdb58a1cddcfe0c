/** A product in a list; a search by tag returns fewer fields. */
export interface ListedProduct {
  readonly productKey: string
  readonly name: string
  readonly description: string
  readonly nodeType: number
  readonly authType?: string
  readonly deviceCount?: number
  /** In milliseconds since 1970 UTC. */
  readonly createdAt: number
}

/** A tag to search for; an empty value matches any. */
export interface TagSought {
  readonly key: string
  readonly value: string
}

/** Reports whether a product's name or key contains a text, ignoring case. */
export function isNamedLike({ name, productKey }: ListedProduct, text: string): boolean {
  const sought = text.trim().toLowerCase()
  return name.toLowerCase().includes(sought) || productKey.toLowerCase().includes(sought)
}

/** Parses a tag: key or key=value. */
export function tagTyped(text: string): TagSought | undefined {
  const [key = '', ...value] = text.trim().split('=')
  return key === '' ? undefined : { key, value: value.join('=') }
}
