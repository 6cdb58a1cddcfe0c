/** The public instance has no ID; a path needs something in its place. */
const publicInstance = '-'

/** An instance as a piece of a path. */
export const instancePiece = (instance: string): string =>
  encodeURIComponent(instance === '' ? publicInstance : instance)

/** A value from its piece of a path; one that nobody encoded is taken as it stands. */
export function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece)
  } catch {
    return piece
  }
}

/** The ID of an instance from its piece of a path; empty for the public one. */
export const instanceIn = (piece: string): string => (piece === publicInstance ? '' : decoded(piece))

/** Addresses of other pages, for links: they begin at the console's own root. */
export const linkTo = {
  products: (instance: string): string => `~/products/${instancePiece(instance)}`,
  product: (instance: string, productKey: string): string =>
    `${linkTo.products(instance)}/${encodeURIComponent(productKey)}`,
  importInto: (instance: string, productKey: string): string =>
    `~/import/${instancePiece(instance)}/${encodeURIComponent(productKey)}`,
  batch: (instance: string, applyId: number | string): string =>
    instance === '' ? `~/batches/${applyId}` : `~/batches/at/${encodeURIComponent(instance)}/${applyId}`,
} as const
