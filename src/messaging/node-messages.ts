import { deserialize, serialize } from 'node:v8'
import type { DownMessage, Subscription } from '../mqtt/service.ts'
import type { StoredMessage } from '../registry/sessions.ts'
import type { DeviceMessage } from './messaging.ts'

/** What one node asks of another. Devices are named by their numbers, which are never used again. */
export type NodeMessage =
  /** Ends the connection of a device that a later epoch has taken over. */
  | { readonly kind: 'cut'; readonly device: number; readonly below: number }
  /** A QoS 0 message. */
  | { readonly kind: 'push'; readonly device: number; readonly message: DownMessage }
  /** A QoS 1 message that is in the store. */
  | { readonly kind: 'deliver'; readonly device: number; readonly message: StoredMessage }
  /** A QoS 1 message is in the store, and whether it was delivered is not known. */
  | { readonly kind: 'wake'; readonly device: number; readonly id: number }
  | RequestMessage
  /** The end of a request, sent to the node that asked. */
  | { readonly kind: 'answered'; readonly id: number; readonly answer: RequestEnd }
  | {
      readonly kind: 'subscribe'
      readonly device: number
      readonly filters: readonly string[]
      readonly at: number
    }
  /** Asks for the subscriptions of a device. */
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
  /** 0: nothing waits for the answer. */
  readonly timeoutMs: number
  /** The address of the node that waits. */
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

/** Asks for what devices of a product send; sent again and again for as long as it is wanted. */
export interface FollowOrder {
  readonly kind: 'follow'
  /** Names the follower among all. */
  readonly follower: string
  /** Where it is. */
  readonly to: string
  readonly product: number
  readonly name: string | undefined
  /** The MessageId after which it wants the messages of this node. */
  readonly after: number
}

/** What a follower asked for, of one node, in the order of their MessageIds. */
export interface FollowedMessages {
  readonly kind: 'followed'
  readonly follower: string
  readonly node: number
  readonly messages: readonly SentMessage[]
}

/** A message of a device; its id is the follower's, since it says how far that has come. */
export type SentMessage = Omit<DeviceMessage, 'id'>

/**
 * - `sent`: done; of a message: it was written to the device
 * - `waiting`: it is in the store and is delivered as soon as the device takes it
 * - `full`: the device's connection is behind, or the follower's buffer is full
 * - `unsubscribed`: the device has not subscribed to the topic of a QoS 0 message
 * - a list: the subscriptions that were asked for
 * - `gone`: the device is not connected to this node, or the follower has ended
 */
export type NodeAnswer = 'sent' | 'waiting' | 'full' | 'unsubscribed' | 'gone' | readonly Subscription[]

export const encoded = (message: NodeMessage | NodeAnswer): Uint8Array => serialize(message)

/** Only nodes that hold the store's key are read, so a message is what its sender's types say. */
export const decoded = <T extends NodeMessage | NodeAnswer>(bytes: Uint8Array): T => deserialize(bytes) as T
