/**
 * What each secret is sealed for: AES-GCM's additional data, so a secret opens only where it belongs, however rows of
 * the database are moved (docs/decisions/0032-what-a-seal-binds.md). Every part comes from the row or the call that
 * the secret is opened for, never from beside the seal.
 */

/** An access key: its owner, and whether it may be used. */
export const accessKeyPurpose = ({
  id,
  account,
  ramUser,
  active,
}: {
  readonly id: string
  readonly account: number
  readonly ramUser: number | undefined
  readonly active: boolean
}) => JSON.stringify(['access key', id, account, ramUser ?? null, active])

/** The ProductSecret of a product. */
export const productPurpose = ({
  account,
  instance,
  productKey,
}: {
  readonly account: number
  readonly instance: number
  readonly productKey: string
}) => JSON.stringify(['product', account, instance, productKey])

/** What a block of device secrets belongs to. */
export interface BlockPlace {
  readonly account: number
  readonly product: number
  /** The batch's ApplyId. */
  readonly batch: number
  readonly block: number
}

export const blockPurpose = ({ account, product, batch, block }: BlockPlace) =>
  JSON.stringify(['device secrets', account, product, batch, block])
