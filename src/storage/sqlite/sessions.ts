import type { Clock } from '../../lib/clock.ts'
import type { SessionStore } from '../storage.ts'
import type { readsOn } from './reads.ts'
import type { Writer } from './writer.ts'

/** Leases go by the clock of the machine, which all processes on the folder share. */
export const sqliteSessions = (
  reads: ReturnType<typeof readsOn>,
  writer: Writer,
  clock: Clock,
): SessionStore => ({
  async join(address, leaseMs) {
    const until = clock.now() + leaseMs
    const joined = await writer.run('joinNode', address, until)
    writer.keepLease({ node: joined.id, until, leaseMs })
    return joined
  },
  renew: (node, leaseMs) => writer.run('renewLease', node, clock.now() + leaseMs, clock.now()),
  leave: (node) => writer.run('endLease', node, clock.now()),
  nodes: async () => reads.nodes(clock.now()),
  claim: (node, claims) => writer.run('claimDevices', node, claims, clock.now()),
  end: (node, ended) => writer.run('endSessions', node, ended, clock.now()),
  sessions: async (devices) => reads.sessions(devices, clock.now()),
  count: async (products, group) => reads.sessionCounts(products, group, clock.now()),
  changesAfter: async (id, limit) => reads.sessionChangesAfter(id, limit),
  subscribe: (added) => writer.run('subscribe', added),
  unsubscribe: (removed) => writer.run('unsubscribe', removed),
  subscriptions: async (device) => reads.subscriptions(device),
  addMessages: (added, limits) => writer.run('addMessages', added, limits, clock.now()),
  messages: async (device, after, limit) => reads.messages(device, after, limit, clock.now()),
  deleteMessages: (deleted) => writer.run('deleteMessages', deleted),
  sweep: () => writer.run('sweepSessions', clock.now()),
  cut: (devices) => writer.run('cutDevices', devices, clock.now()),
})
