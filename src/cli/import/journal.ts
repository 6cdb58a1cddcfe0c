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

/** The start of every journal, which also identifies one truncated in its first line. */
const head = '{"undertaking":'

/** The journal of an import in a file beside the input, one line of JSON per step. */
export class Journal extends ImportJournal {
  readonly path: string
  #file: number | undefined

  /** Reads the journal if it exists. @throws CliError if the file is not a journal */
  constructor(path: string) {
    super()
    this.path = path
    if (!existsSync(path)) return
    const text = orCliError(path, otherPlace, () => readFileSync(path, 'utf8'))
    // A line truncated by a crash is a step that was not taken.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole === '' && !text.startsWith(head) && !head.startsWith(text)) throw this.#foreign()
    for (const line of whole.split('\n')) if (line !== '') this.#read(line)
  }

  override begin(undertaking: ImportSpec, modified: number): void {
    // Detects an unwritable file before the verification rather than after it.
    if (existsSync(this.path)) orCliError(this.path, otherPlace, () => accessSync(this.path, constants.W_OK))
    super.begin(undertaking, modified)
  }

  /** Continues after the existing lines. */
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
    // The file name is on disk once its folder is synced; Windows can't open folders.
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
    return new CliError('usage', `${this.path} is not the journal of an import; move it to another place`)
  }
}
