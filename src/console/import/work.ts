import { FixOffers } from '../../importer/fix-offers.ts'
import { verifyAll } from '../../importer/verify-all.ts'
import { BadList } from './bad-list.ts'
import { BrowserJournal } from './browser-journal.ts'
import { openPass } from './file-pass.ts'
import { Imports, type Opened, type Verified } from './imports.ts'
import type { Counts, FromWorker, Progress, ToWorker } from './messages.ts'
import { PassProgress } from './pass-progress.ts'
import { previewOf } from './preview.ts'
import { reportOf } from './report.ts'
import { secretsFile } from './secrets-file.ts'
import { randomSeed } from './seed.ts'
import { TakenOver } from './store.ts'
import { toImportError } from './to-import-error.ts'

/** Interval at which new bad rows are reported during a pass. */
const listedEveryMs = 1000

const stopped = new Error('stopped')

/** Does the page's work in sequence: reads and verifies a file, holds its bad rows, and imports it. */
export class Work {
  readonly #tell: (message: FromWorker) => void
  #opened: Opened | undefined
  #verified: Verified | undefined
  readonly #bad: BadList
  readonly #imports: Imports
  #controller = new AbortController()
  /** The work in progress; the next starts after it. */
  #underWay: Promise<void> = Promise.resolve()

  constructor(tell: (message: FromWorker) => void) {
    this.#tell = tell
    this.#bad = new BadList((listing) => tell({ type: 'listing', listing }))
    this.#imports = new Imports(
      tell,
      (turn) => this.#progress(turn),
      (opened, leftOut) => {
        this.#opened = opened
        this.#bad.show(leftOut)
      },
    )
  }

  take(message: ToWorker): void {
    switch (message.type) {
      case 'read':
        this.#do(message.turn, '', () => this.#read(message))
        break
      case 'verify':
        this.#do(message.turn, 'BatchCheckImportDevice', (signal) => this.#verify(message, signal))
        break
      case 'import':
        this.#do(message.turn, 'BatchImportDevice', (signal) => this.#import(message, signal))
        break
      case 'resume':
        this.#do(message.turn, 'BatchImportDevice', (signal) => this.#resume(message, signal))
        break
      case 'stop':
        this.#controller.abort(stopped)
        break
      case 'filter':
        this.#bad.filter(message.filter)
        break
      case 'rows': {
        const { ask, from, count } = message
        this.#tell({ type: 'rows', ask, rows: this.#bad.rows.bad.rows(from, count) })
        break
      }
      case 'report':
        this.#report(message.ask)
        break
      case 'secrets':
        void this.#secrets(message.ask)
        break
      case 'list':
        void this.#imports.reportUnfinished(message.accountId)
        break
      case 'discard':
        void this.#imports.discard(message.id, message.accountId)
    }
  }

  /** Runs work in sequence; new work aborts the current one. */
  #do(turn: number, action: string, work: (signal: AbortSignal) => Promise<void>): void {
    this.#controller.abort(stopped)
    const { signal } = (this.#controller = new AbortController())
    this.#underWay = this.#underWay.then(async () => {
      try {
        signal.throwIfAborted()
        await work(signal)
      } catch (error) {
        const importError =
          signal.aborted && !(error instanceof TakenOver) ? undefined : toImportError(error, action)
        this.#tell({ type: 'ended', turn, ...(importError && { importError }) })
      } finally {
        this.#imports.leave()
      }
    })
  }

  async #read({ turn, file, name, reading }: Extract<ToWorker, { type: 'read' }>): Promise<void> {
    this.#forget()
    const preview = await previewOf(file, name, reading, randomSeed())
    this.#opened = { file, name, reading, preview }
    this.#tell({ type: 'preview', turn, preview })
  }

  async #verify(
    { turn, target, accessKey }: Extract<ToWorker, { type: 'verify' }>,
    signal: AbortSignal,
  ): Promise<void> {
    const opened = this.#opened
    if (opened === undefined) throw new Error('no file was read')
    this.#verified = undefined
    this.#bad.clear()
    const began = performance.now()
    const { source, client, pass } = await openPass(opened, accessKey, this.#tell, signal, signal)
    const journal = new BrowserJournal()
    const progress = this.#progress(turn)
    let existing = 0
    const offers = new FixOffers()
    const { tally, digest } = await verifyAll({
      ...pass,
      ...{ endpoint: { client, target }, journal, mode: 'create' },
      report: (chunk) => {
        existing += chunk.existing
        this.#bad.rows.addChunk(chunk)
        offers.add(chunk)
        progress.at(chunk.tally.rows, chunk.tally.rejected, source.share())
      },
    })
    const { rows, accepted: good, rejected, reasons: codes } = tally.toJSON()
    const counts: Counts = { rows, good, existing, bad: rejected - existing, codes }
    this.#verified = { ...opened, target, accessKey, rows, digest, chunks: journal.chunks }
    this.#bad.tell()
    const milliseconds = performance.now() - began
    this.#tell({
      type: 'verified',
      turn,
      counts,
      findings: source.findings(),
      offers: offers.all(source),
      milliseconds,
    })
  }

  async #import(message: Extract<ToWorker, { type: 'import' }>, signal: AbortSignal): Promise<void> {
    if (this.#verified === undefined) throw new Error('no file was verified')
    await this.#imports.begin(message, this.#verified, signal)
  }

  async #resume(message: Extract<ToWorker, { type: 'resume' }>, signal: AbortSignal): Promise<void> {
    const isOther = !this.#imports.isLast(message.id)
    await this.#imports.resume(message, signal, () => {
      if (isOther) this.#forget()
    })
  }

  #progress(turn: number): PassProgress {
    let listed = performance.now()
    const tell = (progress: Progress) => {
      this.#tell({ type: 'progress', turn, progress })
      if (performance.now() - listed < listedEveryMs) return
      listed = performance.now()
      this.#bad.tell()
    }
    return new PassProgress(tell, () => performance.now())
  }

  /** Drops the file and everything found in it. */
  #forget(): void {
    this.#opened = undefined
    this.#verified = undefined
    this.#imports.forgetLast()
    this.#bad.clear()
  }

  /** The names of the file with the secrets that are generated for them. */
  async #secrets(ask: number): Promise<void> {
    if (this.#opened === undefined) return
    const { file, name, reading } = this.#opened
    this.#tell({ type: 'secrets', ask, ...(await secretsFile(file, name, reading)) })
  }

  #report(ask: number): void {
    if (this.#opened === undefined) return
    const { name, preview } = this.#opened
    this.#tell({ type: 'report', ask, ...reportOf(this.#bad.rows.reported, name, preview) })
  }
}
