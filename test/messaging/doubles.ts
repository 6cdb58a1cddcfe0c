import { type AnswerMessage, type Transport, Unreachable } from '../../src/messaging/transport.ts'
import type {
  Connection,
  CutReason,
  DownMessage,
  SignedInDevice,
  Subscription,
} from '../../src/mqtt/service.ts'
import type {
  Claim,
  Owner,
  SessionChanges,
  SessionNode,
  Sessions,
  StoredMessage,
  StoredSubscription,
} from '../../src/registry/sessions.ts'
import type { DeviceKey } from '../../src/storage/storage.ts'

/** Lets a test decide when each step of the store and the network is taken. */
export type Step = <T>(what: string, run: () => T) => Promise<T>
const atOnce: Step = async (_what, run) => run()

interface Row {
  epoch: number
  node: number | undefined
  subscriptions: Map<string, StoredSubscription>
  messages: Map<number, StoredMessage>
  isPersistent: boolean
}

/** The store's record of sessions, in memory: what registry/sessions.ts declares, step for step. */
export class SessionStore {
  readonly rows = new Map<number, Row>()
  readonly gone = new Set<number>()
  readonly nodes = new Map<
    number,
    { address: string; watch: (changes: SessionChanges) => void; lost: () => void }
  >()
  readonly step: Step
  readonly waitingMax: number
  /** Makes every write and read fail while it is set. */
  failing = false
  #lastNode = 0

  constructor(step: Step = atOnce, waitingMax = 1000) {
    this.step = step
    this.waitingMax = waitingMax
  }

  row(device: number): Row {
    let row = this.rows.get(device)
    if (row === undefined) {
      row = { epoch: 0, node: undefined, subscriptions: new Map(), messages: new Map(), isPersistent: false }
      this.rows.set(device, row)
    }
    return row
  }

  /** Another process deletes a device. */
  remove(device: DeviceKey): void {
    this.gone.add(device.number)
    this.rows.delete(device.number)
    for (const { watch } of this.nodes.values()) watch({ cut: [{ device, reason: 'deleted' }], products: [] })
  }

  /** A node dies: its lease ends, and nobody writes for it. */
  kill(node: number): void {
    this.nodes.delete(node)
  }

  get sessions(): Sessions {
    const step = <T>(what: string, run: () => T) =>
      this.step(what, () => {
        if (this.failing) throw new Error('the store is away')
        return run()
      })
    const ownerOf = (device: DeviceKey): Owner | undefined => {
      const { node, epoch } = this.row(device.number)
      const live = node === undefined ? undefined : this.nodes.get(node)
      return live && { id: node!, address: live.address, epoch }
    }
    return {
      join: (address) => step('join', () => this.#join(address, step, ownerOf)),
      presence: async () => {
        throw new Error('not needed here')
      },
      owners: (devices) => step('owners', () => devices.map(ownerOf)),
      isResumed: (device, epoch) =>
        step('isResumed', () => {
          const row = this.row(device.number)
          return row.epoch > epoch && row.isPersistent
        }),
      nodes: () => step('nodes', () => [...this.nodes].map(([id, { address }]) => ({ id, address }))),
      subscriptions: (device) =>
        step('subscriptions', () => [...this.row(device.number).subscriptions.values()]),
      store: (device, message) =>
        step('store', () => {
          const { messages } = this.row(device.number)
          if (messages.size >= this.waitingMax) return false
          messages.set(message.id, message)
          return true
        }),
    }
  }

  #join(address: string, step: Step, ownerOf: (device: DeviceKey) => Owner | undefined): SessionNode {
    const id = ++this.#lastNode
    const entry = { address, watch: (_: SessionChanges) => {}, lost: () => {} }
    this.nodes.set(id, entry)
    const claimed = (device: DeviceKey, clean: boolean): Claim | undefined => {
      if (this.gone.has(device.number)) return undefined
      const former = ownerOf(device)
      const row = this.row(device.number)
      row.epoch++
      row.node = id
      const sessionPresent = row.isPersistent && !clean
      if (clean) {
        row.subscriptions.clear()
        row.messages.clear()
      }
      row.isPersistent = !clean
      return { epoch: row.epoch, former, sessionPresent, subscriptions: [...row.subscriptions.values()] }
    }
    return {
      id,
      address,
      claim: (device, { clean }) => step('claim', () => claimed(device, clean)),
      end: (device, epoch) =>
        step('end', () => {
          const row = this.row(device.number)
          if (row.epoch === epoch) row.node = undefined
        }),
      subscribed: (device, epoch, subscriptions) =>
        step('subscribed', () => {
          if (this.row(device.number).epoch !== epoch) return
          for (const one of subscriptions) this.row(device.number).subscriptions.set(one.filter, one)
        }),
      unsubscribed: (device, epoch, filters) =>
        step('unsubscribed', () => {
          if (this.row(device.number).epoch !== epoch) return
          for (const filter of filters) this.row(device.number).subscriptions.delete(filter)
        }),
      waiting: (device, after, limit) =>
        step('waiting', () =>
          [...this.row(device.number).messages.values()]
            .filter((message) => message.id > after)
            .sort((a, b) => a.id - b.id)
            .slice(0, limit),
        ),
      acknowledged: (device, ids) =>
        step('acknowledged', () => {
          for (const message of ids) this.row(device.number).messages.delete(message)
        }),
      watch: (changed) => {
        entry.watch = changed
      },
      onLeaseLost: (lost) => {
        entry.lost = lost
      },
      leave: () =>
        step('leave', () => {
          this.nodes.delete(id)
        }),
    }
  }
}

/** A network in memory: nodes that are in `down` don't answer. */
export class Network {
  readonly down = new Set<string>()
  readonly #nodes = new Map<string, AnswerMessage>()
  readonly #step: Step
  #last = 0

  constructor(step: Step = atOnce) {
    this.#step = step
  }

  readonly open = async (answer: AnswerMessage): Promise<Transport> => {
    const address = `node ${++this.#last}`
    this.#nodes.set(address, answer)
    return {
      address,
      send: async (to, message) => {
        // A copy, as every network makes.
        const copy = Uint8Array.from(message)
        const reached = this.#nodes.get(to)
        if (reached === undefined || this.down.has(to)) throw new Unreachable(`${to} does not answer`)
        return this.#step('network', () => reached(copy)).then((result) => result)
      },
      close: async () => {
        this.#nodes.delete(address)
      },
    }
  }
}

/** A device's connection: it takes messages as a device with these filters and this window does. */
export class TestConnection implements Connection {
  readonly address = '192.0.2.1'
  readonly clean: boolean
  readonly sessionExpirySeconds: number
  readonly protocolVersion = 4
  readonly keepAliveSeconds = 60
  readonly takesExtendedRrpc: boolean
  readonly window: number
  readonly got: DownMessage[] = []
  readonly unacknowledged = new Set<number>()
  filters: Subscription[] = []
  cutFor: CutReason | undefined
  /** Called with each message that the device gets. */
  onMessage: (message: DownMessage) => void = () => {}

  constructor({ clean = false, takesExtendedRrpc = false, window = 100, filters = [] as string[] } = {}) {
    this.clean = clean
    this.sessionExpirySeconds = clean ? 0 : 604_800
    this.takesExtendedRrpc = takesExtendedRrpc
    this.window = window
    this.subscribe(filters, 0)
  }

  deliver(message: DownMessage): 'sent' | 'full' | 'unsubscribed' {
    if (this.cutFor !== undefined) throw new Error('a connection that was cut is written to')
    const isSystem = /^\/(sys|ext|shadow)\//.test(message.topic)
    if (!isSystem && !this.filters.some(({ filter }) => filter === message.topic)) return 'unsubscribed'
    if (message.qos === 1 && this.unacknowledged.size >= this.window) return 'full'
    if (message.qos === 1) this.unacknowledged.add(message.id)
    this.got.push(message)
    this.onMessage(message)
    return 'sent'
  }
  subscriptions(): readonly Subscription[] {
    return this.filters
  }
  subscribe(filters: readonly string[], at: number): void {
    this.filters.push(...filters.map((filter) => ({ filter, qos: 1 as const, at })))
  }
  unsubscribe(filters: readonly string[]): void {
    this.filters = this.filters.filter(({ filter }) => !filters.includes(filter))
  }
  cut(reason: CutReason): void {
    if (this.cutFor !== undefined) throw new Error('a connection is cut twice')
    this.cutFor = reason
  }

  texts(): string[] {
    return this.got.map(({ payload }) => Buffer.from(payload).toString())
  }
}

export const testDevice = (number: number, product = 1): SignedInDevice => ({
  product,
  account: 1,
  number,
  productKey: `pk${product}`,
  name: `device${number}`,
  hasFreeTopics: true,
  topicClasses: () => [],
})

/** Counts of one account, and a connection log that nobody reads. */
export const unwritten = {
  connectionLog: { connected: () => {}, disconnected: () => {} },
  traffic: { of: () => ({ connections: 0, connects: 0, up: 0, down: 0 }) },
}
