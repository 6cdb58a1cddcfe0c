/** An event of a device's connection log as ListConnectionEvents returns it; times in milliseconds since 1970 UTC. */
export interface ConnectionEvent {
  readonly Time: number
  readonly LastTime: number
  readonly Count: number
  readonly Type: string
  readonly Reason: string
  readonly Detail: string
  readonly IpAddress: string
  readonly Node: string
  readonly ClientId: string
  readonly ProtocolVersion: string
}
