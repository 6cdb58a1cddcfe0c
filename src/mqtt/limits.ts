import { topicBytesMax } from '../rules/topics.ts'

/** Limits for one device (mqtt-facts §1.7). */
export const payloadBytesMax = 256 * 1024
export const subscriptionsMax = 100
export const filtersPerSubscribeMax = 8
export const keepAliveSeconds = { min: 30, max: 1200 } as const
/** Maximum Packet Size of MQTT 5, as in the vendor's CONNACK. */
export const packetBytesMax = 262_144
export const topicAliasesMax = 20
/**
 * Lifetime of a persistent MQTT 3 session, and the maximum of MQTT 5: as long as messages are queued for a
 * device.
 */
export const sessionSecondsMax = 7 * 24 * 60 * 60

/** Maximum unacknowledged QoS 1 messages to a device. */
export const unacknowledgedMax = 100
/** Maximum messages of a device whose PUBACK waits for the service; beyond it, the connection is not read. */
export const unansweredMax = 100

/** Maximum remaining length: the largest payload, its topic and packet ID, and MQTT 5 properties. */
export const remainingBytesMax = payloadBytesMax + topicBytesMax + 4 + 8 * 1024
/** Maximum remaining length of CONNECT: client ID, user name and password are short; a will may be longer. */
export const connectBytesMax = 16 * 1024

/**
 * Time for a connection to send its complete CONNECT, in milliseconds. If more devices connect at once than the system
 * queues, it drops the first bytes of some, and these devices retransmit after up to 25 seconds.
 */
export const connectTimeoutMs = 30_000
/** Time for the service to answer a sign-in before CONNACK 3 is sent, in milliseconds. */
export const signInTimeoutMs = 60_000
/** Time for a device to read the DISCONNECT sent to it, in milliseconds. */
export const closingMs = 2000
/** Time for which a device may leave its data unread, in milliseconds. */
export const unreadMs = 60_000

/**
 * Maximum bytes that a connection may send before its CONNACK, since a client need not wait for it (MQTT
 * §3.1.4).
 */
export const earlyBytesMax = remainingBytesMax + 64 * 1024
/** The same for all connections together. */
export const unauthenticatedBytesMax = 32 * 1024 * 1024

/** Maximum concurrent sign-ins, and maximum waiting ones; beyond them, CONNACK is 3. */
export const signInsAtOnce = 1000
export const signInsWaitingMax = 20_000
