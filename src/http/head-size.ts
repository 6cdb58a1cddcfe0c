const [lineFeed, carriageReturn] = [0x0a, 0x0d]

/** How much of a request's line and headers has arrived, while they are not complete. */
export class HeadSize {
  /** Bytes of the incomplete line and headers together, give or take one read; 0 when none is arriving. */
  bytes = 0
  /** Bytes behind the request line. */
  headerBytes = 0
  #arriving = false
  #isFirstRead = false
  #lineEnded = false

  /** Whether the request line is complete, or ends in these bytes that follow what was counted. */
  hasLine(next: Buffer): boolean {
    return this.#lineEnded || next.includes(lineFeed)
  }

  began(): void {
    this.bytes = 0
    this.headerBytes = 0
    this.#arriving = true
    this.#isFirstRead = true
    this.#lineEnded = false
  }

  /** The head is complete, or will never be. */
  ended(): void {
    this.bytes = 0
    this.headerBytes = 0
    this.#arriving = false
  }

  /**
   * Counts one read.
   * @param behindBody whether the read may begin with the end of an earlier request's body. Where the head
   *   begins can't be found then, and all that follows this read counts as headers; no client sends a long request
   *   line before the answer to its last call.
   */
  read(bytes: number, behindBody: boolean, content: () => Buffer): void {
    if (!this.#arriving) return
    this.bytes += bytes
    const isFirst = this.#isFirstRead
    this.#isFirstRead = false
    if (this.#lineEnded) this.headerBytes += bytes
    else if (isFirst && behindBody) this.#lineEnded = true
    else {
      const read = content()
      const lineEnd = read.indexOf(lineFeed, isFirst ? beginOfHead(read) : 0)
      if (lineEnd < 0) return
      this.#lineEnded = true
      this.headerBytes = read.length - lineEnd - 1
    }
  }
}

/** Where an incomplete head begins that ends a read: it has no empty line, the requests before it end with one. */
function beginOfHead(read: Buffer): number {
  let begin = Math.max(read.lastIndexOf('\n\r\n'), 0)
  while (read[begin] === lineFeed || read[begin] === carriageReturn) begin++
  return begin
}
