import type { Clock } from '../lib/clock.ts'
import type { Random } from '../lib/random.ts'
import { systemTimers, type Timers } from '../lib/timers.ts'
import type {
  ConnectionEventRow,
  ConnectionEventStore,
  DeviceKey,
  NodeRow,
  SessionRow,
  SessionStore,
} from '../storage/storage.ts'
import type { ConnectionEvent, EndReason, LoggedConnection, RefusedConnect } from './connection-events.ts'
import type { DeviceSignIn } from './device-sign-in.ts'
import { PendingEvents } from './pending-events.ts'

/** A device's newest events are kept, at most this number and this long (decision 0074). */
export const eventsMax = 100
export const keptDays = 30
const dayMs = 24 * 60 * 60_000

/** How often a node writes what it has, in milliseconds, and how many events at most. */
const writeEveryMs = 1000
const writtenAtOnce = 1000
/** One of 16 connections of a device trims its events: reading them costs more than a write. */
const trimEvery = 16
/** How often old events are deleted, and how many at most. */
const forgetEveryMs = 60_000
const forgottenAtOnce = 2000
/** User names of refused CONNECTs that are looked up in one turn, and that may wait for one; others are dropped. */
const lookUpsAtOnce = 100
const refusedMax = 1000
const textMax = 256

/** The connection logs of devices. */
export interface ConnectionLog {
  /** Notes an event; it costs next to nothing. It is written within a second or, after a storm, within minutes. */
  connected(device: DeviceKey, connection: LoggedConnection & { readonly clientId: string }): void
  disconnected(device: DeviceKey, connection: LoggedConnection, reason: EndReason, detail: string): void
  /** Notes a refusal in the logs of the devices that CONNECT names, if there are any. */
  refused(connect: RefusedConnect): void
  /** A device's newest events on all nodes, newest first. */
  of(device: DeviceKey, limit?: number): Promise<ConnectionEvent[]>
  /** Writes what is noted, and nothing from then on. */
  close(): Promise<void>
}

export interface ConnectionLogParts {
  readonly events: ConnectionEventStore
  readonly sessions: Pick<SessionStore, 'sessions' | 'nodes'>
  readonly named: DeviceSignIn['named']
  readonly clock: Clock
  readonly random: Random
  readonly timers?: Timers
  /** The process as operators know it, such as `host/2`. */
  readonly nodeName: string
}

type Refused = RefusedConnect & { time: number; lastAt: number; times: number }

export function connectionLog(parts: ConnectionLogParts): ConnectionLog {
  return new WrittenLog(parts)
}

class WrittenLog implements ConnectionLog {
  readonly #parts: ConnectionLogParts
  readonly #pending = new PendingEvents()
  /** By user name, reason and address. */
  #refused = new Map<string, Refused>()
  /** The upper part of the ids of this process, so that those of two never meet. */
  #idBase: number | undefined
  #count = 0
  #timer: { stop(): void } | undefined
  #forgottenAt = Number.NEGATIVE_INFINITY
  #writing: Promise<void> = Promise.resolve()
  #closed = false

  constructor(parts: ConnectionLogParts) {
    this.#parts = parts
  }

  connected(device: DeviceKey, connection: LoggedConnection & { readonly clientId: string }): void {
    this.#note(device, connection, { kind: 'connected', clientId: cut(connection.clientId) })
  }

  disconnected(device: DeviceKey, connection: LoggedConnection, reason: EndReason, detail: string): void {
    this.#note(device, connection, { kind: 'disconnected', reason, detail: cut(detail) })
  }

  refused(connect: RefusedConnect): void {
    if (this.#closed || connect.userName === undefined || connect.userName.length > textMax) return
    const key = JSON.stringify([connect.userName, connect.reason, connect.address])
    const former = this.#refused.get(key)
    const now = this.#parts.clock.now()
    if (former !== undefined) {
      former.times++
      former.lastAt = now
    } else if (this.#refused.size < refusedMax)
      this.#refused.set(key, { ...connect, time: now, lastAt: now, times: 1 })
    this.#arm()
  }

  async of(device: DeviceKey, limit = eventsMax): Promise<ConnectionEvent[]> {
    const { events, sessions, clock } = this.#parts
    await this.#write(device).catch(() => {})
    const [rows, [session], nodes] = await Promise.all([
      events.of(device, clock.now() - keptDays * dayMs, eventsMax),
      sessions.sessions([device]),
      sessions.nodes(),
    ])
    return withLost(rows, session, nodes).slice(0, limit).map(eventOf)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#timer?.stop()
    await this.#writing
    try {
      await this.#resolveRefused()
      while (!this.#pending.isEmpty) await this.#writeSome(this.#pending.take(writtenAtOnce))
    } catch {
      // The store is away, and there is no later.
    }
  }

  #note(device: DeviceKey, connection: LoggedConnection, more: Partial<ConnectionEventRow>): void {
    if (this.#closed) return
    const { node, epoch, address, protocolVersion } = connection
    const now = this.#parts.clock.now()
    const event = { node, epoch, address, protocolVersion, time: now, lastAt: now, times: 1, ...more }
    this.#pending.add(this.#row(device, event))
    this.#arm()
  }

  #row({ product, name, number }: DeviceKey, event: Partial<ConnectionEventRow>): ConnectionEventRow {
    this.#idBase ??= (this.#parts.random.bytes(4).readUInt32BE(0) >>> 12) * 2 ** 32
    return {
      ...nothing,
      ...event,
      device: { product, name, number },
      id: this.#idBase + ++this.#count,
      nodeName: this.#parts.nodeName,
    }
  }

  #arm(): void {
    this.#timer ??= (this.#parts.timers ?? systemTimers).every(writeEveryMs, () => {
      this.#write().catch(() => {})
    })
  }

  /** Writes some of what is pending, or all of one device: one write after the other. */
  #write(device?: DeviceKey): Promise<void> {
    const write = this.#writing.then(async () => {
      await this.#resolveRefused()
      const max = device === undefined ? writtenAtOnce : Number.POSITIVE_INFINITY
      await this.#writeSome(this.#pending.take(max, device?.number))
      await this.#forget()
      if (this.#pending.isEmpty && this.#refused.size === 0) this.#disarm()
    })
    this.#writing = write.catch(() => {})
    return write
  }

  #disarm(): void {
    this.#timer?.stop()
    this.#timer = undefined
  }

  async #writeSome(events: readonly ConnectionEventRow[]): Promise<void> {
    if (events.length === 0) return
    const { events: store } = this.#parts
    try {
      await store.add(events)
      const trimmed = events.filter(
        ({ kind, device, epoch }) => kind === 'refused' || (device.number + epoch) % trimEvery === 0,
      )
      const devices = new Map(trimmed.map(({ device }) => [device.number, device]))
      if (devices.size > 0) await store.trim([...devices.values()], eventsMax)
    } catch (error) {
      this.#pending.putBack(events)
      throw error
    }
  }

  async #forget(): Promise<void> {
    const { clock, events } = this.#parts
    if (clock.elapsed() - this.#forgottenAt < forgetEveryMs) return
    this.#forgottenAt = clock.elapsed()
    await events.forget(clock.now() - keptDays * dayMs, forgottenAtOnce)
  }

  /** Finds the devices that refused CONNECTs name. What names none is forgotten, so that junk is written nowhere. */
  async #resolveRefused(): Promise<void> {
    const refused = [...this.#refused.values()].slice(0, lookUpsAtOnce)
    for (const key of [...this.#refused.keys()].slice(0, lookUpsAtOnce)) this.#refused.delete(key)
    for (const one of refused) {
      const { reason, address, protocolVersion, time, lastAt, times } = one
      const clientId = cut(one.clientId)
      for (const device of await this.#parts.named(one))
        this.#pending.addRefusals(
          this.#row(device, {
            kind: 'refused',
            reason,
            address,
            protocolVersion,
            clientId,
            time,
            lastAt,
            times,
          }),
        )
    }
  }
}

const cut = (text: string) => (text.length > textMax ? `${text.slice(0, textMax - 1)}…` : text)

const nothing: Omit<ConnectionEventRow, 'device' | 'id'> = {
  time: 0,
  lastAt: 0,
  times: 1,
  kind: 'connected',
  reason: '',
  detail: '',
  address: '',
  node: 0,
  nodeName: '',
  epoch: 0,
  clientId: '',
  protocolVersion: 0,
}

/**
 * Adds the ends of connections whose node is lost: it wrote no end, and its lease is over. The last one ended when
 * the store says so; an earlier one at the next connect at the latest. Each end is given the client id of its connect.
 */
function withLost(
  rows: readonly ConnectionEventRow[],
  session: SessionRow | undefined,
  nodes: readonly NodeRow[],
): ConnectionEventRow[] {
  const connects = new Map(rows.filter(({ kind }) => kind === 'connected').map((row) => [row.epoch, row]))
  const ended = new Set(rows.filter(({ kind }) => kind === 'disconnected').map(({ epoch }) => epoch))
  const live = new Set(nodes.map(({ id }) => id))
  const all: ConnectionEventRow[] = []
  let next: ConnectionEventRow | undefined
  for (const row of rows) {
    if (row.kind === 'connected') {
      if (!ended.has(row.epoch) && !live.has(row.node)) {
        const time = row.epoch === session?.epoch ? session.changedAt : (next?.time ?? row.time)
        const end = { ...row, kind: 'disconnected', reason: 'node lost', time, lastAt: time } as const
        all.splice(next === undefined ? placeOf(all, time) : all.indexOf(next) + 1, 0, end)
      }
      next = row
    }
    all.push(
      row.kind === 'disconnected' ? { ...row, clientId: connects.get(row.epoch)?.clientId ?? '' } : row,
    )
  }
  return all
}

/** The place of an event among others, newest first. */
function placeOf(all: readonly ConnectionEventRow[], time: number): number {
  const place = all.findIndex((row) => row.time <= time)
  return place < 0 ? all.length : place
}

const eventOf = (row: ConnectionEventRow): ConnectionEvent => {
  const { kind, time, lastAt, times, reason, detail, address, nodeName, clientId, protocolVersion } = row
  return { kind, time, lastAt, times, reason, detail, address, nodeName, clientId, protocolVersion }
}
