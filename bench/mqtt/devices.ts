import { createHmac } from 'node:crypto'
import mqtt from 'mqtt-packet'

/** The devices of the load, as both servers know them. */
export const productKey = 'a1BenchMqtt0'
export const nameOf = (i: number) => `device-${i}`
export const secretOf = (i: number) => `secret-of-device-${i}`

/** CONNECT with an HMAC password, as the vendor's SDKs send it. */
export function connectPacket(i: number, product = productKey): Buffer {
  const content = `clientId${i}deviceName${nameOf(i)}productKey${product}`
  return mqtt.generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    keepalive: 600,
    clientId: `${i}|securemode=3,signmethod=hmacsha1|`,
    username: `${nameOf(i)}&${product}`,
    password: Buffer.from(createHmac('sha1', secretOf(i)).update(content).digest('hex')),
  })
}

/** One SUBSCRIBE of three filters. */
export const subscribePacket = (i: number, product = productKey): Buffer =>
  mqtt.generate({
    cmd: 'subscribe',
    messageId: 1,
    subscriptions: [
      `/${product}/${nameOf(i)}/user/get`,
      `/sys/${product}/${nameOf(i)}/thing/#`,
      `/sys/${product}/${nameOf(i)}/rrpc/request/+`,
    ].map((topic) => ({ topic, qos: 1 as const })),
  })

export const publishPacket = (i: number, qos: 0 | 1, product = productKey): Buffer =>
  mqtt.generate({
    cmd: 'publish',
    topic: `/${product}/${nameOf(i)}/user/update`,
    payload: 'x'.repeat(64),
    qos,
    messageId: 1,
    dup: false,
    retain: false,
  })
