import { readFile } from 'node:fs/promises'

/** Enough for the complete compressed console and the uncompressed files that browsers request first. */
const keptBytesMax = 4 * 1024 * 1024

/** Caches immutable files: opening one costs ten times as much as serving it. */
export class FileCache {
  /** In order of last use. */
  readonly #kept = new Map<string, Buffer>()
  #bytes = 0

  /** Returns a file's content, or undefined if it can't be read. */
  async read(path: string): Promise<Buffer | undefined> {
    const kept = this.#kept.get(path)
    const content = kept ?? (await readFile(path).catch(() => undefined))
    if (content !== undefined) this.#keep(path, content)
    return content
  }

  #keep(path: string, content: Buffer): void {
    if (content.length > keptBytesMax) return
    // A concurrent request may have read it meanwhile.
    this.#bytes += content.length - (this.#kept.get(path)?.length ?? 0)
    this.#kept.delete(path)
    this.#kept.set(path, content)
    for (const [other, { length }] of this.#kept) {
      if (this.#bytes <= keptBytesMax) return
      this.#kept.delete(other)
      this.#bytes -= length
    }
  }
}
