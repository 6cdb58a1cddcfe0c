import { randomInt } from 'node:crypto'
import { optional, struct, text, texts } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { FoundDevice } from '../../registry/devices.ts'
import type { Product } from '../../registry/products.ts'
import type { Call } from './declare.ts'
import { publish, recipientOf } from './messages.ts'
import { productOf } from './product.ts'

/** The failures of operations on a thing, without those of the parameters that name the device. */
export const thingFailures = {
  'iot.common.InvalidFormattedParameter': 200,
  'iot.messagebroker.RateLimit': 200,
} as const

export const batchThingFailures = {
  ...thingFailures,
  'iot.prod.NotExistedProduct': 200,
  'iot.device.NotExistedDevice': 200,
} as const

export const items = text({
  en: 'The properties as a JSON object, such as {"brightness":80}.',
  zh: '属性，JSON 对象，例如 {"brightness":80}。',
})
export const identifier = text({ en: 'The identifier of the service.', zh: '服务标识符。' })
export const args = text({
  en: 'The input of the service as a JSON object, such as {"speed":2}.',
  zh: '服务入参，JSON 对象，例如 {"speed":2}。',
})
export const deviceNames = texts({
  max: 100,
  required: true,
  doc: { en: 'The name of a device.', zh: '设备名称。' },
})
export const sentTo = struct({
  MessageId: text('The ID of the message.'),
  Result: optional(
    text('The output of a synchronous service; without a thing model every service is asynchronous.'),
  ),
})

type ThingCall = Call<keyof typeof thingFailures>

/** A message to a device: under `thing/service/`, with the method of the same name. */
interface ThingMessage {
  /** `property/set`, or the identifier of a service. */
  readonly service: string
  readonly params: object
  readonly qos: 0 | 1
}

/** The JSON object in a parameter. */
export function objectIn(call: ThingCall, name: string, json: string): object {
  try {
    const read = JSON.parse(json)
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read
  } catch {
    // The text is not JSON.
  }
  return call.fail(
    'iot.common.InvalidFormattedParameter',
    `${name} must be a JSON object, unlike ${displayed(json)}.`,
  )
}

/** An identifier of a service, which stands in a topic. */
export function serviceIn(call: ThingCall, identifier: string): string {
  if (/^[A-Za-z0-9_:]{1,50}$/.test(identifier)) return identifier
  const detail = `Identifier must be 1 to 50 letters, digits, _ and :, unlike ${displayed(identifier)}.`
  return call.fail('iot.common.InvalidFormattedParameter', detail)
}

/** Sends a device properties to set or a service to run (Alink). @returns the MessageId */
export function sendToThing(
  call: ThingCall,
  device: FoundDevice,
  product: Product,
  { service, params, qos }: ThingMessage,
): Promise<number> {
  const method = `thing.service.${service.replaceAll('/', '.')}`
  const message = { id: String(randomInt(1, 2 ** 31)), version: '1.0', params, method }
  const topic = `/sys/${product.productKey}/${device.name}/thing/service/${service}`
  return publish(call, recipientOf(device, product), {
    topic,
    payload: Buffer.from(JSON.stringify(message)),
    qos,
  })
}

/** The same for several devices, all of which must exist. */
export async function sendToThings(
  call: Call<keyof typeof batchThingFailures>,
  {
    ProductKey,
    DeviceName,
  }: {
    readonly ProductKey: string
    readonly DeviceName: readonly string[]
  },
  message: ThingMessage,
): Promise<void> {
  const product = productOf(call)
  const names = [...new Set(DeviceName)]
  const devices = await call.registry.devices.lookUpNames(product, names)
  const known = new Set(devices.map(({ name }) => name))
  const missing = names.find((name) => !known.has(name))
  if (missing !== undefined)
    return call.fail('iot.device.NotExistedDevice', `There is no ${displayed(missing)} in ${ProductKey}.`)
  await Promise.all(devices.map((device) => sendToThing(call, device, product, message)))
}
