export const kinds = ['Import', 'Register', 'Check'] as const
export type Kind = (typeof kinds)[number]

/** A batch or checked list in the answer of ListDeviceBatches. */
export interface Batch {
  readonly ApplyId: number
  readonly Kind: Kind
  readonly ProductKey: string
  readonly ProductName: string
  /** Number of devices at creation, or of checked names. */
  readonly DeviceCount: number
  /** In milliseconds since 1970 UTC. */
  readonly GmtCreate: number
  /** False for a checked list. */
  readonly Registered: boolean
}

/** Returns the parameter IotInstanceId, if the instance has an ID. */
export const inInstance = (instance: string): { readonly IotInstanceId?: string } =>
  instance === '' ? {} : { IotInstanceId: instance }
