import { isTopic } from './topics.ts'

/** What a program's message to devices may be (mqtt-facts §1.7, §2). */

/** Bytes of a message. */
export const messageBytesMax = 256 * 1024
export const broadcastBytesMax = 64 * 1024

/** The bytes that a text in base64 stands for, padded or not; undefined when it is none. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const digits = text.replace(/={1,2}$/, '')
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) return undefined
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0))
}

/** The device whose topic `/${productKey}/${deviceName}/…` is; undefined when it is not of that form. */
export function deviceOfTopic(topic: string, productKey: string): string | undefined {
  const prefix = `/${productKey}/`
  if (!topic.startsWith(prefix) || !isTopic(topic)) return undefined
  const [name, rest] = topic.slice(prefix.length).split('/', 2)
  return rest ? name : undefined
}

/** Whether a topic is one that devices of a product subscribe to for broadcasts. */
export const isBroadcastTopic = (topic: string, productKey: string): boolean =>
  topic.startsWith(`/broadcast/${productKey}/`) && topic.length > productKey.length + 12 && isTopic(topic)

/** Whether a request (RRPC) may go to a topic, which is put behind `/ext/rrpc/${MessageId}`. */
export const isRequestTopic = (topic: string): boolean => /^\/[^+#\0]+$/.test(topic) && isTopic(topic)
