import { parseRanges } from '../lib/number-ranges.ts'
import type { DeviceKey, HeldDevice, SessionChange } from '../storage/storage.ts'
import type { SessionChanges } from './sessions.ts'

/** A claim in progress, and whether the change log has cut its device since it started. */
export interface PendingClaim {
  readonly device: DeviceKey
  cut: boolean
}

/** The devices that are connected to this node or about to be. */
export class HeldDevices {
  readonly #held = new Map<number, HeldDevice>()
  readonly #pending = new Set<PendingClaim>()

  begin(device: DeviceKey): PendingClaim {
    const claim = { device, cut: false }
    this.#pending.add(claim)
    return claim
  }

  /** @param epoch of the claim, if the device is now connected */
  settle(claim: PendingClaim, epoch?: number): void {
    this.#pending.delete(claim)
    if (epoch !== undefined) this.#held.set(claim.device.number, { device: claim.device, epoch })
  }

  release(device: DeviceKey, epoch: number): void {
    if (this.#held.get(device.number)?.epoch === epoch) this.#held.delete(device.number)
  }

  /** Clears the set and returns what it held. */
  clear(): HeldDevice[] {
    const held = [...this.#held.values()]
    this.#held.clear()
    return held
  }

  /** Returns the connected devices that a change affects, and marks claims in progress for such devices. */
  cutBy({ product, kind, numbers }: SessionChange): SessionChanges['cut'] {
    if (kind === 'topics') return []
    const ranges = parseRanges(numbers)
    const concerns = (device: DeviceKey) =>
      device.product === product &&
      (kind === 'product' || ranges.some(([first, last]) => first <= device.number && device.number <= last))
    for (const claim of this.#pending) claim.cut ||= concerns(claim.device)
    // The row of a cut or disabled device remains, so the end of its session is written.
    const reason = kind === 'disabled' || kind === 'cut' ? 'disabled' : 'deleted'
    return this.#among(kind, ranges).flatMap(({ device }) => (concerns(device) ? [{ device, reason }] : []))
  }

  /** Finds the devices that a change names; usually it names one. */
  #among(kind: SessionChange['kind'], ranges: ReturnType<typeof parseRanges>): readonly HeldDevice[] {
    if (kind === 'product' || ranges.some(([first, last]) => first !== last)) return [...this.#held.values()]
    return ranges.map(([number]) => this.#held.get(number)).filter((one) => one !== undefined)
  }
}
