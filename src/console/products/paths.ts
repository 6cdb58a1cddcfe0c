import { instancePiece } from '../shell/paths.ts'

/** Paths of the page, below its own: an instance's products, a product, a device. */
export const instancePath = (instance: string): string => `/${instancePiece(instance)}`
export const productPath = (instance: string, productKey: string): string =>
  `${instancePath(instance)}/${encodeURIComponent(productKey)}`
export const devicePath = (
  instance: string,
  productKey: string,
  deviceName: string,
  view?: DeviceView,
): string =>
  [productPath(instance, productKey), encodeURIComponent(deviceName), view].filter(Boolean).join('/')

/** The views of a device beside its details, as the last piece of their paths. */
export const deviceViews = ['connect', 'messages', 'log'] as const
export type DeviceView = (typeof deviceViews)[number]
