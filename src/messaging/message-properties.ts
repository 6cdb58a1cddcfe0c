import type { DownMessage, MessageProperties } from '../mqtt/service.ts'
import type { StoredMessage } from '../registry/sessions.ts'
import type { OutgoingMessage } from './messaging.ts'

/** MQTT 5 properties as JSON from the API, with correlation data in Base64. */
type JsonProperties = OutgoingMessage['properties']

/** Converts them to packet form. */
export function messageProperties(properties: JsonProperties): MessageProperties | undefined {
  if (properties === undefined) return undefined
  const { correlationData, ...others } = properties
  if (typeof correlationData !== 'string') return others
  return { ...others, correlationData: Buffer.from(correlationData, 'base64') }
}

/**
 * Converts a stored message for sending now, reducing its message expiry interval by the time it was queued
 * (MQTT 5 §3.3.2.3.3).
 * @param duplicate whether a previous connection may have sent it
 */
export function downMessage(message: StoredMessage, now: number, duplicate: boolean): DownMessage {
  const { id, topic, payload, properties, expiresAt } = message
  const read = messageProperties(properties === undefined ? undefined : JSON.parse(properties))
  const left = { messageExpiryInterval: Math.max(1, Math.ceil((expiresAt - now) / 1000)) }
  const current = read?.messageExpiryInterval === undefined ? read : { ...read, ...left }
  return { id, topic, payload, qos: 1, duplicate, properties: current }
}
