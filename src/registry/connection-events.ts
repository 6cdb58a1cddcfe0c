/** Why a connection of a device ended. */
export const endReasons = [
  // By the device, or on the way.
  'disconnected',
  'closed',
  'keep-alive',
  'unread',
  'protocol error',
  // By the server.
  'taken over',
  'deleted',
  'disabled',
  'reset',
  'not stored',
  'server error',
  'lease lost',
  'shutting down',
  // Found out afterwards: the node ended without a word.
  'node lost',
] as const
export type EndReason = (typeof endReasons)[number]

/** A connection as a node notes it in a log. */
export interface LoggedConnection {
  readonly node: number
  readonly epoch: number
  /** The device's IP address. */
  readonly address: string
  readonly protocolVersion: number
}

/** CONNECT of a device that was refused, as far as it names one. */
export interface RefusedConnect {
  /** Why, as the MQTT door names it. */
  readonly reason: string
  readonly clientId: string
  readonly userName: string | undefined
  readonly address: string
  readonly protocolVersion: number
  /** The product that the listener or the SNI name is bound to, for bare user names. */
  readonly gatewayProductKey: string | undefined
}

/** An event of a device's connection log; times in milliseconds since 1970 UTC. */
export interface ConnectionEvent {
  readonly kind: 'connected' | 'disconnected' | 'refused'
  /** When it happened; of refusals that are counted together, the first and the last. */
  readonly time: number
  readonly lastAt: number
  readonly times: number
  /** Empty for a connect, an EndReason of a disconnect, the door's word of a refusal. */
  readonly reason: string
  readonly detail: string
  readonly address: string
  readonly nodeName: string
  readonly clientId: string
  readonly protocolVersion: number
}
