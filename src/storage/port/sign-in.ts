import type { DeviceRow } from './devices.ts'
import type { ProductRow } from './products.ts'

/** The members of a product that a device's sign-in needs, and the product's account. */
export interface SignInProduct extends Pick<ProductRow, 'id' | 'productKey' | 'authType'> {
  readonly account: number
}

/** Which products a device name is looked for in: these, or every one-party product. */
export type SignInCandidates = { readonly productKeys: readonly string[] } | 'one-party'

export interface FoundSignIn {
  readonly product: SignInProduct
  readonly device: Pick<DeviceRow, 'product' | 'number' | 'name' | 'batch' | 'disabled'>
}

/** The data that sign-ins of devices are verified with, in all accounts. */
export interface SignInStore {
  /**
   * The devices of a name in the candidates.
   * @returns undefined when there are more than `max` candidates: they were not searched
   */
  devicesNamed(
    name: string,
    candidates: SignInCandidates,
    max: number,
  ): Promise<readonly FoundSignIn[] | undefined>
}
