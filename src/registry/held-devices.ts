import { parseRanges } from '../lib/number-ranges.ts'
import type { DeviceKey, HeldDevice, SessionChange } from '../storage/storage.ts'
import type { SessionChanges } from './sessions.ts'

/** A claim under way, and whether the change log has cut its device since it began. */
export interface PendingClaim {
  readonly device: DeviceKey
  cut: boolean
}

/** The devices that are connected to this node, and those that are about to be. */
export class HeldDevices {
  readonly #held = new Map<number, HeldDevice>()
  readonly #pending = new Set<PendingClaim>()

  begin(device: DeviceKey): PendingClaim {
    const claim = { device, cut: false }
    this.#pending.add(claim)
    return claim
  }

  /** @param epoch that of the claim, if the device is connected now */
  settle(claim: PendingClaim, epoch?: number): void {
    this.#pending.delete(claim)
    if (epoch !== undefined) this.#held.set(claim.device.number, { device: claim.device, epoch })
  }

  release(device: DeviceKey, epoch: number): void {
    if (this.#held.get(device.number)?.epoch === epoch) this.#held.delete(device.number)
  }

  /** Forgets all; gives what was held. */
  clear(): HeldDevice[] {
    const held = [...this.#held.values()]
    this.#held.clear()
    return held
  }

  /** What a change means for the devices that are connected here; claims under way of such devices are marked. */
  cutBy({ product, kind, numbers }: SessionChange): SessionChanges['cut'] {
    if (kind === 'topics') return []
    const ranges = parseRanges(numbers)
    const concerns = (device: DeviceKey) =>
      device.product === product &&
      (kind === 'product' || ranges.some(([first, last]) => first <= device.number && device.number <= last))
    for (const claim of this.#pending) claim.cut ||= concerns(claim.device)
    // The row of a device that is cut stays, as that of a disabled one does: its end is written.
    const reason = kind === 'disabled' || kind === 'cut' ? 'disabled' : 'deleted'
    return this.#among(kind, ranges).flatMap(({ device }) => (concerns(device) ? [{ device, reason }] : []))
  }

  /** Those among which a change finds its devices: mostly it names one. */
  #among(kind: SessionChange['kind'], ranges: ReturnType<typeof parseRanges>): readonly HeldDevice[] {
    if (kind === 'product' || ranges.some(([first, last]) => first !== last)) return [...this.#held.values()]
    return ranges.map(([number]) => this.#held.get(number)).filter((one) => one !== undefined)
  }
}
