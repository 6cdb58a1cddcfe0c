import type { DeviceSession } from './device-session.ts'
import type { BroadcastOrder } from './node-messages.ts'

/** Connections written to in one turn of the event loop. */
const atOnce = 500

/** Sends a message to the devices connected to this node: to the subscribers of its topic, or to all. */
export async function broadcastHere(
  sessions: Iterable<DeviceSession>,
  { id, topic, productKey, payload }: BroadcastOrder,
): Promise<void> {
  let written = 0
  for (const session of sessions) {
    const own = topic ?? `/sys/${productKey}/${session.device.name}/broadcast/request/${id}`
    session.push({ id, topic: own, payload, qos: 0 })
    if (++written % atOnce === 0) await new Promise(setImmediate)
  }
}
