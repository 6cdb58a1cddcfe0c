import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { Ending } from '../ending.ts'
import { orEnding } from '../fleet/system-error.ts'
import { otherPlace } from './lock.ts'

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
  /** Rows, and the digest of all of them. */
  | { readonly verified: number; readonly digest?: string }
  | { readonly portion: number; readonly left: readonly (readonly [number, string])[] }
  | { readonly portion: number; readonly sent: string }
  | { readonly portion: number; readonly done: true }
  | { readonly finished: true; readonly digest?: string }

/** How every journal begins; one that was cut in its first line is known by it. */
const head = '{"undertaking":'

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
  /** Of all rows, as they were verified or, without that, imported. */
  digest: string | undefined
  /** When the file was changed last, as the import began; milliseconds since 1970. */
  modified = 0
  undertaking: Undertaking | undefined
  #file: number | undefined
  /** Lines that are not written yet; undefined once something was begun. */
  #held: string[] | undefined

  /** Reads the journal, if there is one. @throws Ending where it is no journal */
  constructor(path: string) {
    this.path = path
    if (!existsSync(path)) return
    const text = orEnding(path, otherPlace, () => readFileSync(path, 'utf8'))
    // A line that a crash has cut is a step that was not taken.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole === '' && !text.startsWith(head) && !head.startsWith(text)) throw this.#foreign()
    for (const line of whole.split('\n')) if (line !== '') this.#read(line)
  }

  /** Begins, over what there was; but that stays until something is verified or sent. */
  begin(undertaking: Undertaking, modified: number): void {
    this.portions.clear()
    this.verified = undefined
    this.finished = false
    this.digest = undefined
    this.#held = []
    // Better told now than after the file has been verified.
    if (existsSync(this.path)) orEnding(this.path, otherPlace, () => accessSync(this.path, constants.W_OK))
    this.#add({ undertaking, version: 1, modified })
  }

  /** Goes on where it ends. */
  continue(): void {
    orEnding(this.path, otherPlace, () => {
      truncateSync(this.path, readFileSync(this.path).lastIndexOf('\n') + 1)
      this.#file = openSync(this.path, 'a', 0o600)
    })
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  /** Whether there is something to go on with: before that, nothing was written anywhere. */
  get hasBegun(): boolean {
    return this.verified !== undefined || this.hasSent
  }

  get hasSent(): boolean {
    return [...this.portions.values()].some(({ sent }) => sent)
  }

  markVerified(rows: number, digest: string): void {
    this.#add({ verified: rows, digest })
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

  markFinished(digest: string): void {
    this.#add({ finished: true, digest })
  }

  of(portion: number): PortionRecord {
    let record = this.portions.get(portion)
    if (record === undefined) {
      record = { sent: false, digest: undefined, left: new Map(), done: false }
      this.portions.set(portion, record)
    }
    return record
  }

  #add(line: Line): void {
    const text = `${JSON.stringify(line)}\n`
    this.#held?.push(text)
    const held = this.#held
    if (held === undefined) orEnding(this.path, otherPlace, () => this.#write(text))
    else if ('verified' in line || 'sent' in line) {
      orEnding(this.path, otherPlace, () => this.#writeFirst(held.join('')))
      this.#held = undefined
    }
    this.#take(line)
  }

  #writeFirst(text: string): void {
    this.#file = openSync(this.path, 'w', 0o600)
    this.#write(text)
    // Its name is on the disk once its folder is; Windows opens no folders.
    if (process.platform === 'win32') return
    const folder = openSync(dirname(this.path), 'r')
    fsyncSync(folder)
    closeSync(folder)
  }

  #write(text: string): void {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file!, bytes, at)
    fdatasyncSync(this.#file!)
  }

  #read(text: string): void {
    let line: Line
    try {
      line = JSON.parse(text)
    } catch {
      throw this.#foreign()
    }
    if (typeof line !== 'object' || line === null) throw this.#foreign()
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
    } else if ('verified' in line) {
      this.verified = line.verified
      this.digest = line.digest
    } else if ('finished' in line) {
      this.finished = true
      this.digest = line.digest
    } else {
      const record = this.of(line.portion)
      if ('left' in line) for (const [entry, code] of line.left) record.left.set(entry, code)
      else if ('sent' in line) {
        record.sent = true
        record.digest = line.sent
      } else record.done = true
    }
  }
}
