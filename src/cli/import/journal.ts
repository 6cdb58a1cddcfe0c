import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { Ending } from '../ending.ts'

/** What an import is of and into; the same command must have the same. */
export interface Undertaking {
  readonly endpoint: string
  readonly product: string
  readonly instance: string | null
  readonly mode: string
  /** Rows in a portion. */
  readonly batch: number
  /** How the file is read, where that was said. */
  readonly reading: string
  /** Bytes of the file. */
  readonly size: number
}

/** What is known of one portion of the file. */
export interface PortionRecord {
  /** Whether it was sent: whoever finds it so and not done must find out what became of it. */
  sent: boolean
  /** Of its rows as they were sent. */
  digest: string | undefined
  /** Rows that are not to be sent (any more), by their place in the portion, each with a code. */
  readonly left: Map<number, string>
  done: boolean
}

type Line =
  | { readonly undertaking: Undertaking; readonly version: 1; readonly modified: number }
  | { readonly verified: number }
  | { readonly portion: number; readonly left: readonly (readonly [number, string])[] }
  | { readonly portion: number; readonly sent: string }
  | { readonly portion: number; readonly done: true }
  | { readonly finished: true }

/**
 * What an import has done so far, in a file beside the one that is imported: a line for each step, written before
 * the step is taken. After a crash it tells which portions are in, which are not, and which are in doubt. No name
 * and no secret stands in it.
 */
export class Journal {
  readonly path: string
  readonly portions = new Map<number, PortionRecord>()
  /** How many rows were verified; undefined while that is not done. */
  verified: number | undefined
  finished = false
  /** When the file was changed last, as the import began; milliseconds since 1970. */
  modified = 0
  undertaking: Undertaking | undefined
  #file: number | undefined

  /** Reads the journal, if there is one. @throws Ending where it is no journal */
  constructor(path: string) {
    this.path = path
    if (!existsSync(path)) return
    const text = readFileSync(path, 'utf8')
    // A line that a crash has cut is a step that was not taken.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    for (const line of whole.split('\n')) if (line !== '') this.#read(line)
  }

  /** Begins, over what there was. */
  begin(undertaking: Undertaking, modified: number): void {
    this.portions.clear()
    this.verified = undefined
    this.finished = false
    this.#open('w')
    this.#add({ undertaking, version: 1, modified })
    // Its name is on the disk once its folder is; Windows opens no folders.
    if (process.platform === 'win32') return
    const folder = openSync(dirname(this.path), 'r')
    fsyncSync(folder)
    closeSync(folder)
  }

  /** Goes on where it ends. */
  continue(): void {
    truncateSync(this.path, readFileSync(this.path).lastIndexOf('\n') + 1)
    this.#open('a')
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  /** Whether there is something to go on with: before that, nothing was written anywhere. */
  get hasBegun(): boolean {
    return this.verified !== undefined || [...this.portions.values()].some(({ sent }) => sent)
  }

  /** Closes it; removes it where nothing was begun. */
  end(): void {
    if (this.#file === undefined) return
    this.close()
    if (!this.hasBegun) rmSync(this.path, { force: true })
  }

  markVerified(rows: number): void {
    this.#add({ verified: rows })
  }

  /** Rows of a portion that are not sent, or not again. */
  markLeft(portion: number, left: readonly (readonly [number, string])[]): void {
    this.#add({ portion, left })
  }

  /** On the disk before anything is sent. */
  markSent(portion: number, digest: string): void {
    this.#add({ portion, sent: digest })
  }

  markDone(portion: number): void {
    this.#add({ portion, done: true })
  }

  markFinished(): void {
    this.#add({ finished: true })
  }

  of(portion: number): PortionRecord {
    let record = this.portions.get(portion)
    if (record === undefined) {
      record = { sent: false, digest: undefined, left: new Map(), done: false }
      this.portions.set(portion, record)
    }
    return record
  }

  #open(flags: string): void {
    this.close()
    this.#file = openSync(this.path, flags, 0o600)
  }

  #add(line: Line): void {
    const text = `${JSON.stringify(line)}\n`
    writeSync(this.#file!, text)
    fdatasyncSync(this.#file!)
    this.#take(line)
  }

  #read(text: string): void {
    let line: Line
    try {
      line = JSON.parse(text)
    } catch {
      throw this.#foreign()
    }
    if ('undertaking' in line && line.version !== 1) throw this.#foreign()
    this.#take(line)
    if (this.undertaking === undefined) throw this.#foreign()
  }

  #foreign(): Ending {
    return new Ending('usage', `${this.path} is no journal of an import; move it out of the way`)
  }

  #take(line: Line): void {
    if ('undertaking' in line) {
      this.undertaking = line.undertaking
      this.modified = line.modified
    } else if ('verified' in line) this.verified = line.verified
    else if ('finished' in line) this.finished = true
    else {
      const record = this.of(line.portion)
      if ('left' in line) for (const [entry, code] of line.left) record.left.set(entry, code)
      else if ('sent' in line) {
        record.sent = true
        record.digest = line.sent
      } else record.done = true
    }
  }
}
