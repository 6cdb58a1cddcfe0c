/** Reads consecutive responses from a connection at minimum cost. */
export class AnswerReader {
  status = 0
  /** The server closes the connection after this response. */
  closes = false
  #room = Buffer.alloc(64 * 1024)
  #filled = 0
  #headEnd = 0
  /** End of the response; 0 until its head is complete. */
  #end = 0

  /**
   * Adds received bytes.
   * @returns whether the response is complete; `body` is valid until more bytes are added
   * @throws Error if it is not a response with a known length
   */
  take(chunk: Uint8Array): boolean {
    if (this.#end > 0 && this.#filled === this.#end) this.#filled = this.#end = 0
    this.#reserve(this.#filled + chunk.length)
    this.#room.set(chunk, this.#filled)
    this.#filled += chunk.length
    if (this.#end === 0 && !this.#readHead()) return false
    if (this.#filled > this.#end) throw new Error('more bytes than the answer has')
    return this.#filled === this.#end
  }

  get body(): Buffer {
    return this.#room.subarray(this.#headEnd, this.#end)
  }

  #readHead(): boolean {
    const blank = this.#room.subarray(0, this.#filled).indexOf('\r\n\r\n')
    if (blank < 0) return false
    const head = this.#room.toString('latin1', 0, blank)
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(head) ?? []
    const [, told] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? []
    const length = status === '204' ? '0' : told
    if (status === undefined || length === undefined) throw new Error(`no answer of a known length: ${head}`)
    this.status = Number(status)
    this.closes = /\r\nconnection: *close/i.test(head)
    this.#headEnd = blank + 4
    this.#end = this.#headEnd + Number(length)
    this.#reserve(this.#end)
    return true
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#room.length) return
    const larger = Buffer.alloc(2 * bytes)
    this.#room.copy(larger, 0, 0, this.#filled)
    this.#room = larger
  }
}
