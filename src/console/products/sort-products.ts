import type { ListedProduct } from './product-search.ts'

const keys = ['name', 'deviceCount', 'createdAt'] as const
type Key = (typeof keys)[number]

/** An order of products; undefined is the server's, newest first. */
export interface ProductOrder {
  readonly by: Key
  readonly isDescending: boolean
}

/** Reads an order from an address, as in name or -deviceCount. */
export function orderIn(text = ''): ProductOrder | undefined {
  const by = keys.find((key) => key === text.replace(/^-/, ''))
  return by && { by, isDescending: text.startsWith('-') }
}

/** Writes an order for an address. */
export const orderText = (order: ProductOrder | undefined): string | undefined =>
  order && `${order.isDescending ? '-' : ''}${order.by}`

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Sorts products; those without the value come last. */
export function sorted(
  products: readonly ListedProduct[],
  order: ProductOrder | undefined,
): readonly ListedProduct[] {
  if (order === undefined) return products
  const { by, isDescending } = order
  const compare = (a: ListedProduct, b: ListedProduct) =>
    by === 'name' ? names.compare(a.name, b.name) : (a[by] ?? -1) - (b[by] ?? -1)
  return [...products].sort((a, b) => (isDescending ? compare(b, a) : compare(a, b)))
}
