export const kinds = ['Import', 'Register', 'Check'] as const
export type Kind = (typeof kinds)[number]

/** What has an ApplyId, as ListDeviceBatches answers it. */
export interface Batch {
  readonly ApplyId: number
  readonly Kind: Kind
  readonly ProductKey: string
  readonly ProductName: string
  /** Devices when it was made, or names that were checked. */
  readonly DeviceCount: number
  /** In milliseconds since 1970 UTC. */
  readonly GmtCreate: number
  /** False of a checked list. */
  readonly Registered: boolean
}

/** The parameter IotInstanceId, where the instance has an ID. */
export const inInstance = (instance: string): { readonly IotInstanceId?: string } =>
  instance === '' ? {} : { IotInstanceId: instance }
