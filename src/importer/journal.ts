/** What an import is of and into; whoever goes on with it must have the same. */
export interface ImportSpec {
  readonly endpoint: string
  readonly product: string
  readonly instance: string | null
  readonly mode: string
  /** Rows in a chunk. */
  readonly batch: number
  /** How the file is read, where that was said. */
  readonly reading: string
  /** Bytes of the file. */
  readonly size: number
}

/** A call that registered rows of a chunk, or rows that were found registered. */
export interface Batch {
  readonly rows: number
  /** Undefined if the answer was lost, and the ApplyId with it. */
  readonly applyId: string | undefined
}

/** What is known of one chunk of the file. */
export interface ChunkRecord {
  /** Whether it was sent: whoever finds it so and not done must find out what became of it. */
  sent: boolean
  /** Of its rows as they were sent. */
  digest: string | undefined
  /** Rows that are not to be sent (any more), by their place in the chunk, each with a code. */
  readonly left: Map<number, string>
  /** Rows that are known to be registered. */
  imported: number
  done: boolean
}

/**
 * A step of an import as it is kept. No name and no secret stands in it. The members `applyId` and `rows` are of the
 * batch whose end the line records; journals of earlier releases have lines without them.
 */
export type JournalLine =
  | { readonly undertaking: ImportSpec; readonly version: 1; readonly modified: number }
  /** Rows, and the digest of all of them. */
  | { readonly verified: number; readonly digest?: string }
  | { readonly portion: number; readonly left: readonly (readonly [number, string])[] }
  | ({ readonly portion: number; readonly sent: string } & Partial<Batch>)
  | ({ readonly portion: number; readonly done: true } & Partial<Batch>)
  | { readonly finished: true; readonly digest?: string }

/**
 * What an import has done so far: a line for each step, kept before the step is taken. After a crash it tells which
 * chunks are in, which are not, and which are in doubt. Where lines are kept is said by who extends it: it reads
 * those that there are with `take`, and writes with `write`.
 */
export abstract class ImportJournal {
  readonly chunks = new Map<number, ChunkRecord>()
  /** Of the calls whose answers came, in the order in which they came. */
  readonly applyIds: string[] = []
  /** How many rows were verified; undefined while that is not done. */
  verified: number | undefined
  finished = false
  /** Of all rows, as they were verified or, without that, imported. */
  digest: string | undefined
  /** When the file was changed last, as the import began; milliseconds since 1970. */
  modified = 0
  undertaking: ImportSpec | undefined
  /** Lines that are not written yet; undefined once something was begun. */
  #held: JournalLine[] | undefined
  /** The write that is under way, where writing takes its time. */
  #writing: Promise<void> | undefined

  /**
   * Keeps lines, in their order: when it returns, or what it returns resolves, no crash loses them. It is not called
   * again before that.
   * @param anew whether they take the place of all that was kept
   */
  protected abstract write(lines: readonly JournalLine[], anew: boolean): void | Promise<void>

  /** Begins, over what there was; but that stays until something is verified or sent. */
  begin(undertaking: ImportSpec, modified: number): void {
    this.chunks.clear()
    this.applyIds.length = 0
    this.verified = undefined
    this.finished = false
    this.digest = undefined
    const line = { undertaking, version: 1, modified } as const
    this.#held = [line]
    this.take(line)
  }

  /** Whether there is something to go on with: before that, nothing was written anywhere. */
  get hasBegun(): boolean {
    return this.verified !== undefined || this.hasSent
  }

  get hasSent(): boolean {
    return [...this.chunks.values()].some(({ sent }) => sent)
  }

  /** All rows of the file are verified, and this is their digest. */
  markVerified(rows: number, digest: string): void | Promise<void> {
    return this.#add({ verified: rows, digest })
  }

  /** Rows of a chunk that are not sent, or not again. */
  markLeft(chunk: number, left: readonly (readonly [number, string])[]): void | Promise<void> {
    return this.#add({ portion: chunk, left })
  }

  /**
   * Kept before anything is sent.
   * @param batch what of the chunk has been registered since the last line, while other rows of it are still to be sent
   */
  markSent(chunk: number, digest: string, batch?: Batch): void | Promise<void> {
    return this.#add({ portion: chunk, sent: digest, ...batch })
  }

  /** @param batch the last of the chunk; undefined if no row of it was left to be registered */
  markDone(chunk: number, batch?: Batch): void | Promise<void> {
    return this.#add({ portion: chunk, done: true, ...batch })
  }

  markFinished(digest: string): void | Promise<void> {
    return this.#add({ finished: true, digest })
  }

  of(chunk: number): ChunkRecord {
    let record = this.chunks.get(chunk)
    if (record === undefined) {
      record = { sent: false, digest: undefined, left: new Map(), imported: 0, done: false }
      this.chunks.set(chunk, record)
    }
    return record
  }

  /** Takes in a line that is kept. */
  protected take(line: JournalLine): void {
    if ('undertaking' in line) {
      this.undertaking = line.undertaking
      this.modified = line.modified
    } else if ('verified' in line) {
      this.verified = line.verified
      this.digest = line.digest
    } else if ('finished' in line) {
      this.finished = true
      this.digest = line.digest
    } else {
      const record = this.of(line.portion)
      if ('left' in line) {
        for (const [entry, code] of line.left) record.left.set(entry, code)
        return
      }
      if ('sent' in line) {
        record.sent = true
        record.digest = line.sent
      } else record.done = true
      record.imported += line.rows ?? 0
      if (line.applyId !== undefined) this.applyIds.push(line.applyId)
    }
  }

  #add(line: JournalLine): void | Promise<void> {
    // One after the other; where one can't be kept, none behind it is.
    if (this.#writing !== undefined) return this.#written(this.#writing.then(() => this.#keep(line)))
    const kept = this.#keep(line)
    return kept === undefined ? undefined : this.#written(kept)
  }

  #written(writing: Promise<void>): Promise<void> {
    // Whoever waits for it is told; it is not thrown a second time.
    writing.catch(() => {})
    this.#writing = writing
    return writing
  }

  #keep(line: JournalLine): undefined | Promise<void> {
    const anew = this.#held !== undefined
    this.#held?.push(line)
    if (anew && !('verified' in line || 'sent' in line)) {
      this.take(line)
      return undefined
    }
    const written = this.write(this.#held ?? [line], anew)
    const taken = () => {
      this.#held = undefined
      this.take(line)
    }
    if (written instanceof Promise) return written.then(taken)
    taken()
    return undefined
  }
}
