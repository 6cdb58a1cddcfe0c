import { isTopic } from './topics.ts'

/** Limits of a program's message to devices (mqtt-facts §1.7, §2). */

/** Bytes of a message. */
export const messageBytesMax = 256 * 1024
export const broadcastBytesMax = 64 * 1024

/** Decodes Base64, padded or not; undefined if it is invalid. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const digits = text.replace(/={1,2}$/, '')
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) return undefined
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0))
}

/** Returns the device in a topic `/${productKey}/${deviceName}/…`; undefined for any other topic. */
export function deviceOfTopic(topic: string, productKey: string): string | undefined {
  const prefix = `/${productKey}/`
  if (!topic.startsWith(prefix) || !isTopic(topic)) return undefined
  const [name, rest] = topic.slice(prefix.length).split('/', 2)
  return rest ? name : undefined
}

/** Reports whether a product's devices subscribe to this topic for broadcasts. */
export const isBroadcastTopic = (topic: string, productKey: string): boolean =>
  topic.startsWith(`/broadcast/${productKey}/`) && topic.length > productKey.length + 12 && isTopic(topic)

/** Reports whether a request (RRPC) may use a topic, which is appended to `/ext/rrpc/${MessageId}`. */
export const isRequestTopic = (topic: string): boolean => /^\/[^+#\0]+$/.test(topic) && isTopic(topic)
