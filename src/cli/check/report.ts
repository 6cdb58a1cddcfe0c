import { closeSync, lstatSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { RowSource, Rows } from '../../device-files/rows.ts'
import { BadRowsCsv } from '../../importer/bad-rows.ts'
import type { Reason } from '../../importer/reasons.ts'
import { CliError } from '../cli-error.ts'
import { orCliError } from './system-error.ts'

const otherReport = '; choose another file with --report FILE'

/**
 * A file of bad rows (`BadRowsCsv`). It contains secrets, so only its owner can read it; it is written
 * completely or not at all.
 */
export class Report {
  readonly #path: string
  readonly #draft: string
  readonly #file: number
  readonly #csv: BadRowsCsv
  #isOpen = true
  /** Also runs if a second signal ends the process. */
  readonly #onExit = () => this.abandon()

  /**
   * @param inputs files in use, the input first
   * @throws CliError if it would overwrite one of them or something that is not a file
   */
  constructor(path: string, inputs: readonly string[], source: Pick<RowSource, 'columns' | 'hasBom'>) {
    refuseTaken(path, inputs)
    this.#path = path
    this.#draft = `${path}.${process.pid}.part`
    this.#csv = new BadRowsCsv(source)
    this.#file = orCliError(path, otherReport, () => {
      // Left by a process with the same PID; other users may have it open.
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

  /** Moves it to its final path. @throws CliError if that fails; then nothing of it remains */
  finish(): void {
    try {
      this.#close()
      orCliError(this.#path, otherReport, () => renameSync(this.#draft, this.#path))
    } finally {
      this.abandon()
    }
  }

  /** Deletes an unfinished report. */
  abandon(): void {
    process.off('exit', this.#onExit)
    this.#close()
    rmSync(this.#draft, { force: true })
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#file)
    this.#isOpen = false
  }

  /** @throws CliError; then nothing of it remains */
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
  // Links are refused too, because the report would replace them, even /dev/stdout.
  const stat = orCliError(path, otherReport, () => lstatSync(path, { throwIfNoEntry: false }))
  const taken = inputs.find((input) => real(input) === real(path))
  if (taken !== undefined) throw new CliError('usage', `the report would overwrite ${taken}${otherReport}`)
  if (stat !== undefined && !stat.isFile())
    throw new CliError('usage', `the report can’t replace ${path}, which is not a regular file${otherReport}`)
}

/** Resolves links in a path, whether or not the file exists. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const folder = dirname(path)
    return folder === path ? path : join(real(folder), basename(path))
  }
}
