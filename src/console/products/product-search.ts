/** A product as a list tells it; a search by tag tells less. */
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

/** A tag to look for; an empty value is any. */
export interface TagSought {
  readonly key: string
  readonly value: string
}

/** Returns true if a product's name or key has a text in it, whatever its case. */
export function isNamedLike({ name, productKey }: ListedProduct, text: string): boolean {
  const sought = text.trim().toLowerCase()
  return name.toLowerCase().includes(sought) || productKey.toLowerCase().includes(sought)
}

/** A tag as it is typed: key or key=value. */
export function tagTyped(text: string): TagSought | undefined {
  const [key = '', ...value] = text.trim().split('=')
  return key === '' ? undefined : { key, value: value.join('=') }
}
