import type { Connection, CutReason, SignedInDevice } from '../mqtt/service.ts'
import type { Claim, Owner, SessionChanges, SessionNode } from '../registry/sessions.ts'
import { DeviceSession, type SessionHost } from './device-session.ts'

/** The parts that `ConnectedDevices` needs. */
export interface ConnectedDevicesParts {
  readonly node: SessionNode
  readonly host: Omit<SessionHost, 'node' | 'ended'>
  /** Asks another node to end the connection of a device that an epoch has taken over. */
  cutElsewhere(owner: Owner, device: number, epoch: number): Promise<void>
}

/** Claims of a device in progress. */
interface Claiming {
  count: number
  /** Claims below this epoch have already lost. */
  below: number
  /** The first message that another process has announced meanwhile. */
  announced: number
}

const retryMs = 1000
const never = Number.POSITIVE_INFINITY

/** The devices connected to this node, with at most one connection each: that of the highest epoch. */
export class ConnectedDevices {
  readonly #parts: ConnectedDevicesParts
  readonly #host: SessionHost
  /** By device number. */
  readonly #sessions = new Map<number, DeviceSession>()
  readonly #claiming = new Map<number, Claiming>()
  /** Sessions whose end has not been written yet. */
  readonly #unwritten = new Set<DeviceSession>()
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(parts: ConnectedDevicesParts) {
    this.#parts = parts
    this.#host = { ...parts.host, node: parts.node, ended: (session) => this.#ended(session) }
  }

  get size(): number {
    return this.#sessions.size
  }

  get(device: number): DeviceSession | undefined {
    return this.#sessions.get(device)
  }

  *ofProduct(product: number): Iterable<DeviceSession> {
    for (const session of this.#sessions.values()) if (session.device.product === product) yield session
  }

  /** @returns undefined if the device is gone or disabled, or a later connection took over meanwhile */
  async attach(device: SignedInDevice, connection: Connection): Promise<DeviceSession | undefined> {
    if (this.#isClosed) return undefined
    const { number } = device
    const claiming = this.#claiming.get(number) ?? { count: 0, below: 0, announced: never }
    claiming.count++
    this.#claiming.set(number, claiming)
    try {
      const claim = await this.#parts.node.claim(device, connection)
      if (claim === undefined) return undefined
      const session = new DeviceSession(this.#host, device, connection, claim)
      if (claim.epoch < claiming.below) {
        // A later claim has won, the device was deleted, or the lease is lost. Writing the end of this one does
        // not affect a later one.
        this.#writeEnd(session)
      } else {
        claiming.below = claim.epoch
        this.#sessions.get(number)?.cut('taken over')
        this.#sessions.set(number, session)
        if (claiming.announced !== never) session.wake(claiming.announced)
      }
      // A claim that has lost does this too, since only it received this previous owner.
      await this.#cutFormer(claim, number)
      return this.#sessions.get(number) === session ? session : undefined
    } finally {
      if (--claiming.count === 0) this.#claiming.delete(number)
    }
  }

  /**
   * Records that a message was stored for a device without a connection here; a claim in progress must read it.
   */
  announce(device: number, id: number): void {
    const claiming = this.#claiming.get(device)
    if (claiming !== undefined) claiming.announced = Math.min(claiming.announced, id)
  }

  /** Ends a device's connection if its epoch is below another. */
  cut(device: number, reason: CutReason, below = never): void {
    const claiming = this.#claiming.get(device)
    if (claiming !== undefined) claiming.below = Math.max(claiming.below, below)
    const session = this.#sessions.get(device)
    if (session === undefined || session.epoch >= below) return
    this.#sessions.delete(device)
    session.cut(reason)
    if (reason === 'disabled') this.#writeEnd(session)
  }

  /** Ends connections of devices that any process deleted, disabled or reset. */
  changed({ cut }: SessionChanges): void {
    for (const { device, reason } of cut) this.cut(device.number, reason)
  }

  /** Ends all connections, after a lost lease or when the node stops. */
  cutAll(reason: 'lease lost' | 'shutting down'): void {
    for (const claiming of this.#claiming.values()) claiming.below = never
    const sessions = [...this.#sessions.values()]
    this.#sessions.clear()
    this.#unwritten.clear()
    for (const session of sessions) session.cut(reason)
  }

  /** Accepts no more devices; the node writes the end of their sessions. */
  close(): void {
    this.#isClosed = true
    this.cutAll('shutting down')
    clearInterval(this.#timer)
  }

  async #cutFormer({ former, epoch }: Claim, device: number): Promise<void> {
    if (former === undefined || former.id === this.#parts.node.id) return
    await this.#parts.cutElsewhere(former, device, epoch)
  }

  #ended(session: DeviceSession): void {
    const { number } = session.device
    if (this.#sessions.get(number) !== session) return
    this.#sessions.delete(number)
    this.#writeEnd(session)
  }

  async #writeEnd(session: DeviceSession): Promise<void> {
    try {
      await this.#parts.node.end(session.device, session.epoch)
      this.#unwritten.delete(session)
    } catch (error) {
      if (this.#isClosed) return
      if (!this.#unwritten.has(session))
        this.#host.failed(error, 'the end of a connection could not be written')
      this.#unwritten.add(session)
      this.#timer ??= setInterval(() => this.#writeEndsAgain(), retryMs).unref()
    }
  }

  #writeEndsAgain(): void {
    for (const session of this.#unwritten) this.#writeEnd(session)
    if (this.#unwritten.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
