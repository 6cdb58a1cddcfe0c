/** The public instance has no ID; a path needs something in its place. */
const publicInstance = '-'

/** Paths of the page, below its own: an instance's products, a product, a device. */
export const instancePath = (instance: string): string =>
  `/${encodeURIComponent(instance === '' ? publicInstance : instance)}`
export const productPath = (instance: string, productKey: string): string =>
  `${instancePath(instance)}/${encodeURIComponent(productKey)}`
export const devicePath = (instance: string, productKey: string, deviceName: string): string =>
  `${productPath(instance, productKey)}/${encodeURIComponent(deviceName)}`

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
