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
import { ImportJournal, type ImportSpec, type JournalLine } from '../../importer/journal.ts'
import { orCliError } from '../check/system-error.ts'
import { CliError } from '../cli-error.ts'
import { otherPlace } from './lock.ts'

/** How every journal begins; one that was cut in its first line is known by it. */
const head = '{"undertaking":'

/** The journal of an import in a file beside the one that is imported, a line of JSON for each step. */
export class Journal extends ImportJournal {
  readonly path: string
  #file: number | undefined

  /** Reads the journal, if there is one. @throws CliError where it is no journal */
  constructor(path: string) {
    super()
    this.path = path
    if (!existsSync(path)) return
    const text = orCliError(path, otherPlace, () => readFileSync(path, 'utf8'))
    // A line that a crash has cut is a step that was not taken.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole === '' && !text.startsWith(head) && !head.startsWith(text)) throw this.#foreign()
    for (const line of whole.split('\n')) if (line !== '') this.#read(line)
  }

  override begin(undertaking: ImportSpec, modified: number): void {
    // Better told now than after the file has been verified.
    if (existsSync(this.path)) orCliError(this.path, otherPlace, () => accessSync(this.path, constants.W_OK))
    super.begin(undertaking, modified)
  }

  /** Goes on where it ends. */
  continue(): void {
    orCliError(this.path, otherPlace, () => {
      truncateSync(this.path, readFileSync(this.path).lastIndexOf('\n') + 1)
      this.#file = openSync(this.path, 'a', 0o600)
    })
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  protected override write(lines: readonly JournalLine[], anew: boolean): void {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    orCliError(this.path, otherPlace, () => (anew ? this.#writeFirst(text) : this.#write(text)))
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
    let line: JournalLine
    try {
      line = JSON.parse(text)
    } catch {
      throw this.#foreign()
    }
    if (typeof line !== 'object' || line === null) throw this.#foreign()
    if ('undertaking' in line && line.version !== 1) throw this.#foreign()
    this.take(line)
    if (this.undertaking === undefined) throw this.#foreign()
  }

  #foreign(): CliError {
    return new CliError('usage', `${this.path} is no journal of an import; move it out of the way`)
  }
}
