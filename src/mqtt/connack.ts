import type { IConnackPacket } from 'mqtt-packet'
import type { DeviceConnection } from './connection.ts'
import { packetBytesMax, topicAliasesMax } from './limits.ts'

/** The properties of an accepting MQTT 5 CONNACK, as the vendor's platform sends them (mqtt-facts §1.6). */
export function connackProperties(
  connection: DeviceConnection,
  assignsId: boolean,
): NonNullable<IConnackPacket['properties']> {
  const { device, keepAliveSeconds, sessionExpirySeconds } = connection
  return {
    sessionExpiryInterval: sessionExpirySeconds,
    maximumQoS: 1,
    retainAvailable: true,
    maximumPacketSize: packetBytesMax,
    topicAliasMaximum: topicAliasesMax,
    wildcardSubscriptionAvailable: true,
    subscriptionIdentifiersAvailable: false,
    sharedSubscriptionAvailable: true,
    serverKeepAlive: keepAliveSeconds,
    ...(assignsId && { assignedClientIdentifier: `${device.productKey}.${device.name}` }),
  }
}
