import type { DownMessage, MessageProperties } from '../mqtt/service.ts'
import type { StoredMessage } from '../registry/sessions.ts'
import type { OutgoingMessage } from './messaging.ts'

/** MQTT 5 properties as a program gives them: JSON, so correlation data is in base64. */
type JsonProperties = OutgoingMessage['properties']

/** The same as packets hold them. */
export function messageProperties(properties: JsonProperties): MessageProperties | undefined {
  if (properties === undefined) return undefined
  const { correlationData, ...others } = properties
  if (typeof correlationData !== 'string') return others
  return { ...others, correlationData: Buffer.from(correlationData, 'base64') }
}

/**
 * A stored message as it is sent now. A message expiry interval is what is left of it (MQTT 5 §3.3.2.3.3).
 * @param duplicate whether a former connection may have sent it
 */
export function downMessage(message: StoredMessage, now: number, duplicate: boolean): DownMessage {
  const { id, topic, payload, properties, expiresAt } = message
  const read = messageProperties(properties === undefined ? undefined : JSON.parse(properties))
  const left = { messageExpiryInterval: Math.max(1, Math.ceil((expiresAt - now) / 1000)) }
  const current = read?.messageExpiryInterval === undefined ? read : { ...read, ...left }
  return { id, topic, payload, qos: 1, duplicate, properties: current }
}
