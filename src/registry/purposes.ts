/**
 * Purposes of secrets: the additional data of AES-GCM, so that a secret can be decrypted only in its own place,
 * however rows of the database are moved (docs/decisions/0032-what-a-seal-binds.md). Each part comes from the
 * row or call that the secret is decrypted for, not from the sealed data.
 */

/** An access key: its owner, and whether it is active. */
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

/** The place of a block of device secrets. */
export interface BlockPlace {
  readonly account: number
  readonly product: number
  /** The batch's ApplyId. */
  readonly batch: number
  readonly block: number
}

export const blockPurpose = ({ account, product, batch, block }: BlockPlace) =>
  JSON.stringify(['device secrets', account, product, batch, block])
