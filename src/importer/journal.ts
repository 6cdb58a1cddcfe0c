/** The identity of an import; a run can resume it only with the same values. */
export interface ImportSpec {
  readonly endpoint: string
  readonly product: string
  readonly instance: string | null
  readonly mode: string
  /** Rows in a chunk. */
  readonly batch: number
  /** The given options for reading the file. */
  readonly reading: string
  /** Size of the file in bytes. */
  readonly size: number
}

/** A call that registered rows of a chunk, or rows that a lookup found registered. */
export interface Batch {
  readonly rows: number
  /** Undefined if the ApplyId was lost with the answer. */
  readonly applyId: string | undefined
}

/** The journal's record of a chunk. */
export interface ChunkRecord {
  /** Whether it was sent. A chunk that was sent but not done is in doubt. */
  sent: boolean
  /** The digest of its rows as sent. */
  digest: string | undefined
  /** Rows that must not be sent (again), by their index in the chunk, each with a code. */
  readonly left: Map<number, string>
  /** Number of rows known to be registered. */
  imported: number
  /** Devices with a nickname or tags for which these are set. */
  attributes: number
  done: boolean
}

/**
 * A recorded step of an import, without names or secrets. `applyId` and `rows` describe the batch that the line
 * completes; journals of earlier releases lack them.
 */
export type JournalLine =
  | { readonly undertaking: ImportSpec; readonly version: 1; readonly modified: number }
  /** Number of rows, and the digest of all of them. */
  | { readonly verified: number; readonly digest?: string }
  /** The import job at the endpoint; null if the endpoint has none. */
  | { readonly job: string | null }
  /** Devices of a chunk whose nickname and tags are set. */
  | { readonly portion: number; readonly attributes: number }
  | { readonly portion: number; readonly left: readonly (readonly [number, string])[] }
  | ({ readonly portion: number; readonly sent: string } & Partial<Batch>)
  | ({ readonly portion: number; readonly done: true } & Partial<Batch>)
  | { readonly finished: true; readonly digest?: string }

/**
 * The journal of an import: a line for each step, written before the step is taken. After a crash it shows
 * which chunks are done, not sent, or in doubt. A subclass stores the lines: it reads existing ones with
 * `take`, and appends with `write`.
 */
export abstract class ImportJournal {
  readonly chunks = new Map<number, ChunkRecord>()
  /** The ApplyIds of answered calls, in order of arrival. */
  readonly applyIds: string[] = []
  /** Number of verified rows; undefined until verification is complete. */
  verified: number | undefined
  finished = false
  /** The ID of the import job; null if the endpoint has no jobs, undefined while that is not known. */
  job: string | null | undefined
  /** Digest of all rows, as verified or, without verification, as imported. */
  digest: string | undefined
  /** Last change of the file when the import began; milliseconds since 1970. */
  modified = 0
  undertaking: ImportSpec | undefined
  /** Lines not yet written; undefined once the import has begun. */
  #held: JournalLine[] | undefined
  /** The write in progress, if writes are asynchronous. */
  #writing: Promise<void> | undefined

  /**
   * Writes lines in order. When it returns or its promise resolves, no crash loses them. Calls don't overlap.
   * @param anew whether to replace the whole journal
   */
  protected abstract write(lines: readonly JournalLine[], anew: boolean): void | Promise<void>

  /** Begins a new import; the previous journal remains until something is verified or sent. */
  begin(undertaking: ImportSpec, modified: number): void {
    this.chunks.clear()
    this.applyIds.length = 0
    this.verified = undefined
    this.finished = false
    this.job = undefined
    this.digest = undefined
    const line = { undertaking, version: 1, modified } as const
    this.#held = [line]
    this.take(line)
  }

  /** Whether there is something to resume; before that, nothing is written. */
  get hasBegun(): boolean {
    return this.verified !== undefined || this.hasSent
  }

  get hasSent(): boolean {
    return [...this.chunks.values()].some(({ sent }) => sent)
  }

  /** Records that all rows are verified, and their digest. */
  markVerified(rows: number, digest: string): void | Promise<void> {
    return this.#add({ verified: rows, digest })
  }

  /** Records rows of a chunk that must not be sent (again). */
  markLeft(chunk: number, left: readonly (readonly [number, string])[]): void | Promise<void> {
    return this.#add({ portion: chunk, left })
  }

  /**
   * Records a chunk before it is sent.
   * @param batch the part of the chunk registered since the last line, if further rows are still to be sent
   */
  markSent(chunk: number, digest: string, batch?: Batch): void | Promise<void> {
    return this.#add({ portion: chunk, sent: digest, ...batch })
  }

  /** @param batch the last batch of the chunk; undefined if no rows remained to be registered */
  markDone(chunk: number, batch?: Batch): void | Promise<void> {
    return this.#add({ portion: chunk, done: true, ...batch })
  }

  /** Kept before the endpoint has the job. */
  markJob(job: string | null): void | Promise<void> {
    return this.#add({ job })
  }

  /** Notes how many devices of a chunk have their nickname and tags. */
  markAttributes(chunk: number, devices: number): void | Promise<void> {
    return this.#add({ portion: chunk, attributes: devices })
  }

  markFinished(digest: string): void | Promise<void> {
    return this.#add({ finished: true, digest })
  }

  of(chunk: number): ChunkRecord {
    let record = this.chunks.get(chunk)
    if (record === undefined) {
      record = { sent: false, digest: undefined, left: new Map(), imported: 0, attributes: 0, done: false }
      this.chunks.set(chunk, record)
    }
    return record
  }

  /** Applies a stored line. */
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
    } else if ('job' in line) this.job = line.job
    else {
      const record = this.of(line.portion)
      if ('attributes' in line) {
        record.attributes = line.attributes
        return
      }
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
    // Writes follow one another; after a failed write, later ones fail too.
    if (this.#writing !== undefined) return this.#written(this.#writing.then(() => this.#keep(line)))
    const kept = this.#keep(line)
    return kept === undefined ? undefined : this.#written(kept)
  }

  #written(writing: Promise<void>): Promise<void> {
    // The caller that awaits it gets the error; it must not also be reported as unhandled.
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
