/** The public instance has no ID; this stands for it in a path. */
const publicInstance = '-'

/** Encodes an instance as a path segment. */
export const instancePiece = (instance: string): string =>
  encodeURIComponent(instance === '' ? publicInstance : instance)

/** Decodes a path segment; an unencoded one is returned unchanged. */
export function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece)
  } catch {
    return piece
  }
}

/** Returns the instance ID of a path segment; empty for the public instance. */
export const instanceIn = (piece: string): string => (piece === publicInstance ? '' : decoded(piece))

/** Links to other pages, from the console's root. */
export const linkTo = {
  products: (instance: string): string => `~/products/${instancePiece(instance)}`,
  product: (instance: string, productKey: string): string =>
    `${linkTo.products(instance)}/${encodeURIComponent(productKey)}`,
  importInto: (instance: string, productKey: string): string =>
    `~/import/${instancePiece(instance)}/${encodeURIComponent(productKey)}`,
  batch: (instance: string, applyId: number | string): string =>
    instance === '' ? `~/batches/${applyId}` : `~/batches/at/${encodeURIComponent(instance)}/${applyId}`,
  importJob: (instance: string, id: string): string =>
    `~/batches/jobs/${instancePiece(instance)}/${encodeURIComponent(id)}`,
} as const
