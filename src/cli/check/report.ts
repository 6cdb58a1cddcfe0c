import { closeSync, lstatSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { RowSource, Rows } from '../../device-files/rows.ts'
import { BadRowsCsv } from '../../importer/bad-rows.ts'
import type { Reason } from '../../importer/reasons.ts'
import { CliError } from '../cli-error.ts'
import { orCliError } from './system-error.ts'

const otherReport = '; name another file: --report FILE'

/**
 * A file of bad rows (`BadRowsCsv`). Secrets stand in it, so only its owner reads it; it is there whole or not at
 * all.
 */
export class Report {
  readonly #path: string
  readonly #draft: string
  readonly #file: number
  readonly #csv: BadRowsCsv
  #isOpen = true
  /** Also where a second signal ends the process. */
  readonly #onExit = () => this.abandon()

  /**
   * @param inputs files that are in use, the input first
   * @throws CliError where it would be written over one of them, or over what is no file
   */
  constructor(path: string, inputs: readonly string[], source: Pick<RowSource, 'columns' | 'hasBom'>) {
    refuseTaken(path, inputs)
    this.#path = path
    this.#draft = `${path}.${process.pid}.part`
    this.#csv = new BadRowsCsv(source)
    this.#file = orCliError(path, otherReport, () => {
      // Of a process that had the same PID; it may be open to others.
      rmSync(this.#draft, { force: true })
      return openSync(this.#draft, 'wx', 0o600)
    })
    process.once('exit', this.#onExit)
    this.#write(this.#csv.header)
  }

  add(rows: Rows, bad: Iterable<readonly [number, readonly Reason[]]>): void {
    const text = this.#csv.records(rows, bad)
    if (text !== '') this.#write(text)
  }

  /** Puts it where it belongs. @throws CliError where it can't be; then nothing of it is left */
  finish(): void {
    try {
      this.#close()
      orCliError(this.#path, otherReport, () => renameSync(this.#draft, this.#path))
    } finally {
      this.abandon()
    }
  }

  /** Takes back what is not where it belongs. */
  abandon(): void {
    process.off('exit', this.#onExit)
    this.#close()
    rmSync(this.#draft, { force: true })
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#file)
    this.#isOpen = false
  }

  /** @throws CliError, and nothing of it is left */
  #write(text: string): void {
    try {
      orCliError(this.#path, otherReport, () => {
        const bytes = Buffer.from(text)
        for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at)
      })
    } catch (error) {
      this.abandon()
      throw error
    }
  }
}

function refuseTaken(path: string, inputs: readonly string[]): void {
  // A link too is refused: the report would take its place, even that of /dev/stdout.
  const stat = orCliError(path, otherReport, () => lstatSync(path, { throwIfNoEntry: false }))
  const taken = inputs.find((input) => real(input) === real(path))
  if (taken !== undefined)
    throw new CliError('usage', `the report would be written over ${taken} itself${otherReport}`)
  if (stat !== undefined && !stat.isFile())
    throw new CliError(
      'usage',
      `the report can’t be written over ${path}, which is no regular file${otherReport}`,
    )
}

/** A path without links, whether there is a file yet or not. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const folder = dirname(path)
    return folder === path ? path : join(real(folder), basename(path))
  }
}
