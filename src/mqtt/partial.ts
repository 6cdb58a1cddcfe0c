/** An incomplete packet. It takes at most twice the bytes received so far, whatever length it announces. */
export class Partial {
  #bytes: Buffer
  #length = 0

  constructor(first: Uint8Array) {
    this.#bytes = Buffer.allocUnsafeSlow(first.length)
    this.append(first)
  }

  get length(): number {
    return this.#length
  }

  append(more: Uint8Array): void {
    const length = this.#length + more.length
    if (length > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#bytes.length))
      grown.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = grown
    }
    this.#bytes.set(more, this.#length)
    this.#length = length
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }
}
