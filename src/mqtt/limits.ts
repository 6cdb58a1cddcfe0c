import { topicBytesMax } from '../rules/topics.ts'

/** What the door takes of a device (mqtt-facts §1.7). */
export const payloadBytesMax = 256 * 1024
export const subscriptionsMax = 100
export const filtersPerSubscribeMax = 8
export const keepAliveSeconds = { min: 30, max: 1200 } as const
/** Maximum Packet Size of MQTT 5, as the vendor's CONNACK has it. */
export const packetBytesMax = 262_144
export const topicAliasesMax = 20
/** A session of MQTT 3 that isn't clean, and the longest of MQTT 5: as long as messages wait for a device. */
export const sessionSecondsMax = 7 * 24 * 60 * 60

/** QoS 1 messages to a device that it has not acknowledged. */
export const unacknowledgedMax = 100
/** Messages of a device whose PUBACK waits for the service; beyond them its connection isn't read. */
export const unansweredMax = 100

/** The largest remaining length: the largest payload, its topic and packet id, and properties of MQTT 5. */
export const remainingBytesMax = payloadBytesMax + topicBytesMax + 4 + 8 * 1024
/** The same of a CONNECT: client id, user name and password are short, a will may be longer. */
export const connectBytesMax = 16 * 1024

/** How long a connection may take until its CONNECT has arrived, in milliseconds. */
export const connectTimeoutMs = 10_000
/** How long a CONNECT waits for the service until it is answered with 3, in milliseconds. */
export const signInTimeoutMs = 60_000
/** How long a device that is being disconnected may take to read that, in milliseconds. */
export const closingMs = 2000
/** How long a device may read nothing of what is sent to it, in milliseconds. */
export const unreadMs = 60_000

/** What one connection may send before its CONNACK, in bytes; it need not wait for it (MQTT §3.1.4). */
export const earlyBytesMax = remainingBytesMax + 64 * 1024
/** What all connections coalesce may have sent before that, in bytes. */
export const unauthenticatedBytesMax = 32 * 1024 * 1024

/** Sign-ins that the service works on at a time, and those that wait for their turn; beyond them CONNACK is 3. */
export const signInsAtOnce = 1000
export const signInsWaitingMax = 20_000
