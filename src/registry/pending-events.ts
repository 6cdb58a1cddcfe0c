import type { ConnectionEventRow } from '../storage/storage.ts'

/** Maximum number of unwritten events, about 27 MB; beyond it, the oldest are dropped. */
const pendingMax = 50_000
/** Refusals of a device for the same reason are one event for so long. */
const togetherMs = 10 * 60_000
/** Refusals that a later one may be added to; beyond them the oldest is forgotten. */
const refusalsMax = 10_000

/** Events of connection logs that a node has not written yet, oldest first. */
export class PendingEvents {
  readonly #events = new Map<number, ConnectionEventRow>()
  readonly #refusals = new Map<string, ConnectionEventRow>()

  get isEmpty(): boolean {
    return this.#events.size === 0
  }

  add(event: ConnectionEventRow): void {
    if (this.#events.size >= pendingMax && !this.#events.has(event.id))
      this.#events.delete(this.#events.keys().next().value!)
    this.#events.set(event.id, event)
  }

  /** Adds refusals, or counts them with those of the last ten minutes, also if those are written already. */
  addRefusals(refusals: ConnectionEventRow): void {
    const { device, reason, address, protocolVersion } = refusals
    const key = [device.number, reason, address, protocolVersion].join(' ')
    const former = this.#refusals.get(key)
    const counts = former !== undefined && refusals.lastAt - former.time < togetherMs
    const event = counts
      ? { ...former, times: former.times + refusals.times, lastAt: refusals.lastAt }
      : refusals
    this.#refusals.delete(key)
    if (this.#refusals.size >= refusalsMax) this.#refusals.delete(this.#refusals.keys().next().value!)
    this.#refusals.set(key, event)
    this.add(event)
  }

  /** Takes the oldest events, those of one device if its number is given. */
  take(max: number, device?: number): ConnectionEventRow[] {
    const taken: ConnectionEventRow[] = []
    for (const event of this.#events.values()) {
      if (taken.length === max) break
      if (device === undefined || event.device.number === device) taken.push(event)
    }
    for (const { id } of taken) this.#events.delete(id)
    return taken
  }

  /** Events that could not be written come before those that came since, unless there is no room for them. */
  putBack(events: readonly ConnectionEventRow[]): void {
    const since = [...this.#events.values()]
    this.#events.clear()
    for (const event of [...events, ...since]) this.add(event)
  }
}
