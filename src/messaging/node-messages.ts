import { deserialize, serialize } from 'node:v8'
import type { DownMessage, Subscription } from '../mqtt/service.ts'
import type { StoredMessage } from '../registry/sessions.ts'
import type { DeviceMessage } from './messaging.ts'

/** A message from one node to another. Devices are identified by number; numbers are never reused. */
export type NodeMessage =
  /** End the connection of a device that a later epoch has taken over. */
  | { readonly kind: 'cut'; readonly device: number; readonly below: number }
  /** A QoS 0 message. */
  | { readonly kind: 'push'; readonly device: number; readonly message: DownMessage }
  /** A stored QoS 1 message. */
  | { readonly kind: 'deliver'; readonly device: number; readonly message: StoredMessage }
  /** A QoS 1 message is stored, and its delivery is in doubt. */
  | { readonly kind: 'wake'; readonly device: number; readonly id: number }
  | RequestMessage
  /** The end of a request, for the node that sent it. */
  | { readonly kind: 'answered'; readonly id: number; readonly answer: RequestEnd }
  | {
      readonly kind: 'subscribe'
      readonly device: number
      readonly filters: readonly string[]
      readonly at: number
    }
  /** Return a device's subscriptions. */
  | { readonly kind: 'subscriptions'; readonly device: number }
  | { readonly kind: 'unsubscribe'; readonly device: number; readonly filters: readonly string[] }
  | BroadcastOrder
  | FollowOrder
  | FollowedMessages

/** A message for the connection of a device. */
export type ToDevice = Exclude<Extract<NodeMessage, { readonly device: number }>, { readonly kind: 'cut' }>

export interface RequestMessage {
  readonly kind: 'request'
  readonly device: number
  readonly id: number
  readonly topic: string | undefined
  readonly payload: Uint8Array
  /** 0: no answer is expected. */
  readonly timeoutMs: number
  /** The address of the waiting node. */
  readonly answerTo: string
}

export interface RequestEnd {
  readonly code: 'SUCCESS' | 'TIMEOUT' | 'HALFCONN'
  readonly payload?: Uint8Array | undefined
}

export interface BroadcastOrder {
  readonly kind: 'broadcast'
  readonly product: number
  readonly productKey: string
  readonly id: number
  readonly topic: string | undefined
  readonly payload: Uint8Array
}

/** Asks for messages of a product's devices; repeated for as long as they are wanted. */
export interface FollowOrder {
  readonly kind: 'follow'
  /** Unique among all followers. */
  readonly follower: string
  /** The follower's address. */
  readonly to: string
  readonly product: number
  readonly name: string | undefined
  /** The MessageId of this node after which it wants messages. */
  readonly after: number
}

/** Messages of one node for a follower, ordered by MessageId. */
export interface FollowedMessages {
  readonly kind: 'followed'
  readonly follower: string
  readonly node: number
  readonly messages: readonly SentMessage[]
}

/** A device's message without its ID, which the follower's position determines. */
export type SentMessage = Omit<DeviceMessage, 'id'>

/**
 * - `sent`: done; a message was sent to the device
 * - `waiting`: it is stored and will be delivered as soon as the device accepts it
 * - `full`: the device's connection is behind, or the follower's buffer is full
 * - `unsubscribed`: the device has not subscribed to the topic of a QoS 0 message
 * - a list: the requested subscriptions
 * - `gone`: the device is not connected to this node, or the follower has ended
 */
export type NodeAnswer = 'sent' | 'waiting' | 'full' | 'unsubscribed' | 'gone' | readonly Subscription[]

export const encoded = (message: NodeMessage | NodeAnswer): Uint8Array => serialize(message)

/** Only messages of nodes with the store's key are decoded, so their types can be trusted. */
export const decoded = <T extends NodeMessage | NodeAnswer>(bytes: Uint8Array): T => deserialize(bytes) as T
