/**
 * The messages of a device whose PUBACK is pending, in order of arrival, which is also the order of the
 * responses (MQTT-4.6.0-2).
 */
export class Unanswered {
  readonly #queue: { readonly packetId: number; done: boolean }[] = []

  get size(): number {
    return this.#queue.length
  }

  /** @param stored undefined if it may be answered as soon as its predecessors */
  add(packetId: number, stored: Promise<void> | undefined, answer: () => void, failed: () => void): void {
    const one = { packetId, done: stored === undefined }
    this.#queue.push(one)
    stored?.then(() => {
      one.done = true
      answer()
    }, failed)
  }

  /** @returns the packet identifiers that may be answered now; removes them */
  take(): number[] {
    const waiting = this.#queue.findIndex(({ done }) => !done)
    return this.#queue.splice(0, waiting < 0 ? this.#queue.length : waiting).map(({ packetId }) => packetId)
  }
}
