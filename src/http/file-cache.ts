import { readFile } from 'node:fs/promises'

/** All of the console compressed, and what browsers ask first of it as it is. */
const keptBytesMax = 4 * 1024 * 1024

/** Files that don't change, read once: opening one costs ten times as much as answering with it. */
export class FileCache {
  /** Those asked last are last. */
  readonly #kept = new Map<string, Buffer>()
  #bytes = 0

  /** The content of a file, or undefined when it can't be read. */
  async read(path: string): Promise<Buffer | undefined> {
    const kept = this.#kept.get(path)
    const content = kept ?? (await readFile(path).catch(() => undefined))
    if (content !== undefined) this.#keep(path, content)
    return content
  }

  #keep(path: string, content: Buffer): void {
    if (content.length > keptBytesMax) return
    // Another may have read it meanwhile.
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
