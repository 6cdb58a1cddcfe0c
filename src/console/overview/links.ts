/** Paths of the page of products: the public instance has no ID, so a dash stands for it. */
export const productsPath = (instance: string): string =>
  `~/products/${instance === '' ? '-' : encodeURIComponent(instance)}`
export const productPath = (instance: string, productKey: string): string =>
  `${productsPath(instance)}/${encodeURIComponent(productKey)}`
