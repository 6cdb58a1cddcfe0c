const [lineFeed, carriageReturn] = [0x0a, 0x0d]

/** Measures the incomplete line and headers of a request. */
export class HeadSize {
  /** Bytes of the incomplete line and headers, accurate to one read; 0 if none is arriving. */
  bytes = 0
  /** Bytes after the request line. */
  headerBytes = 0
  #arriving = false
  #isFirstRead = false
  #lineEnded = false

  /** Whether the request line is complete, or is completed by these next bytes. */
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

  /** The head is complete, or never will be. */
  ended(): void {
    this.bytes = 0
    this.headerBytes = 0
    this.#arriving = false
  }

  /**
   * Counts one read.
   * @param behindBody whether the read may begin with the end of an earlier request's body. The start of the
   * head can't be found then, and everything after this read counts as headers; no client sends a long request
   * line before the response to its last call.
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

/** Finds the start of an incomplete head at the end of a read: it follows the last empty line. */
function beginOfHead(read: Buffer): number {
  let begin = Math.max(read.lastIndexOf('\n\r\n'), 0)
  while (read[begin] === lineFeed || read[begin] === carriageReturn) begin++
  return begin
}
