import mqtt, { type MqttClient } from 'mqtt'
import { ask, type Node, nodesOn, type SharedStore } from './nodes.ts'
import type { Lifetime } from './process.ts'
import type { Reply } from './sign.ts'

/** A server that devices connect to. */
export interface DeviceNode extends Node {
  readonly mqtt: string
}

export const base64 = (text: string) => Buffer.from(text).toString('base64')
const topic = '/lamp/set'

export async function deviceNodes(
  shared: SharedStore,
  count: number,
  ...flags: string[]
): Promise<DeviceNode[]> {
  const started = await nodesOn(shared, count, '--quota', 'off', ...flags)
  return Promise.all(
    started.map(async (node) => {
      const [, address] = await node.process.until(/^devices connect to (\S+)/m)
      return { ...node, mqtt: address! }
    }),
  )
}

/** A device at a node, by MQTT.js, with a persistent session; it acknowledges what it gets. */
export async function connectDevice(
  t: Lifetime,
  node: DeviceNode,
  name: string,
  got: (payload: string) => void = () => {},
): Promise<MqttClient> {
  const client = mqtt.connect(node.mqtt, {
    clientId: name,
    username: name,
    password: `secret-of-${name}`,
    clean: false,
    reconnectPeriod: 0,
  })
  t.after(() => client.end(true))
  client.on('error', () => {})
  client.on('message', (_, payload) => got(payload.toString()))
  await new Promise<void>((resolve) => client.once('connect', () => resolve()))
  await client.subscribeAsync(topic, { qos: 1 })
  return client
}

/** Sends a device a QoS 1 message. */
export const publish = (node: DeviceNode, DeviceName: string, text: string): Promise<Reply> =>
  ask(node, 'Pub', { DeviceName, TopicFullName: topic, MessageContent: base64(text), Qos: '1' })
