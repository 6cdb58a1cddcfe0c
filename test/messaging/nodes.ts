import { type DropReason, type Hub, type HubParts, openHub } from '../../src/messaging/hub.ts'
import type { Recipient } from '../../src/messaging/messaging.ts'
import type { Attachment } from '../../src/mqtt/service.ts'
import { repeatableRandom, TestClock } from '../support/deterministic.ts'
import { Network, SessionStore, TestConnection, testDevice, unwritten } from './doubles.ts'

/** Nodes of one store, in memory. */
export class TestNodes {
  readonly store: SessionStore
  readonly network: Network
  readonly clock = new TestClock('2026-11-30T00:00:00.000Z')
  readonly drops: DropReason[] = []
  readonly failures: unknown[] = []
  readonly hubs: Hub[] = []

  constructor(store = new SessionStore(), network = new Network()) {
    this.store = store
    this.network = network
  }

  async add(parts: Partial<HubParts> = {}): Promise<Hub> {
    const hub = await openHub({
      ...unwritten,
      sessions: this.store.sessions,
      openTransport: this.network.open,
      clock: this.clock,
      random: repeatableRandom(`hub ${this.hubs.length}`),
      systemTopics: () => false,
      dropped: (reason) => this.drops.push(reason),
      failed: (error) => this.failures.push(error),
      ...parts,
    })
    this.hubs.push(hub)
    return hub
  }

  async close(): Promise<void> {
    for (const hub of this.hubs) await hub.close()
  }
}

/** Connects a device as the door does. It acknowledges what it gets, unless it is told not to. */
export async function connect(
  hub: Hub,
  device: number,
  options: ConstructorParameters<typeof TestConnection>[0] & { acknowledges?: boolean } = {},
) {
  const { acknowledges = true, ...rest } = options
  const connection = new TestConnection(rest)
  const attachment = await hub.attach(testDevice(device), connection)
  if (attachment !== undefined && connection.cutFor === undefined) {
    if (acknowledges)
      connection.onMessage = ({ id, qos }) => qos === 1 && queueMicrotask(() => acknowledge(id))
    attachment.ready('client')
  }
  function acknowledge(id: number): void {
    if (connection.cutFor !== undefined) return
    const wasFull = connection.unacknowledged.size >= connection.window
    connection.unacknowledged.delete(id)
    attachment!.acknowledged(id)
    if (wasFull) attachment!.drained()
  }
  return { connection, attachment: attachment as Attachment, acknowledge }
}

export const recipient = (device: number): Recipient => testDevice(device)

export const text = (payload: string) => Buffer.from(payload)

/** Waits until nothing is in progress in memory. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
}
