import type { AccessKey } from '../../client/sign.ts'
import { importAll } from '../../importer/import-all.ts'
import type { ImportJob } from '../../importer/import-job.ts'
import type { ImportSpec, JournalLine } from '../../importer/journal.ts'
import { endpoint, randomId } from '../shell/connection.ts'
import { BadRows } from './bad-rows.ts'
import { assertReadable, chunkRows } from './blob-rows.ts'
import { BrowserJournal } from './browser-journal.ts'
import { type ChosenFile, openPass } from './file-pass.ts'
import type { FromWorker, Preview, Target, ToWorker, UnfinishedImport } from './messages.ts'
import type { PassProgress } from './pass-progress.ts'
import { Presence } from './presence.ts'
import { previewOf } from './preview.ts'
import { randomSeed } from './seed.ts'
import { ImportStore, type StoredImport, type StoredLine, TakenOver } from './store.ts'

/** A file that was read. */
export interface Opened extends ChosenFile {
  readonly preview: Preview
}

/** A file that was verified. */
export interface Verified extends Opened {
  readonly target: Target
  readonly accessKey: AccessKey
  readonly rows: number
  readonly digest: string
  /** Has the rows that the server rejected. */
  readonly chunks: BrowserJournal['chunks']
}

/** An import that the worker runs, or has paused. */
interface WorkerImportJob extends ImportJob {
  readonly stored: StoredImport
  readonly preview: Preview
  readonly journal: BrowserJournal
  readonly accessKey: AccessKey
  /** How long earlier runs took, in milliseconds. */
  readonly before: number
  /** Undefined where the browser keeps nothing. */
  readonly store: ImportStore | undefined
}

/** Imports of verified files: begins them, keeps them, and goes on with them. */
export class Imports {
  readonly #tell: (message: FromWorker) => void
  readonly #progress: (turn: number) => PassProgress
  readonly #ended: (opened: Opened, leftOut: BadRows) => void
  readonly #presence = new Presence()
  #store: Promise<ImportStore> | undefined
  /** The import that is under way, or was last. */
  #active: WorkerImportJob | undefined

  /** @param ended is handed the file of an import that has come to its end, and the rows that it left out */
  constructor(
    tell: (message: FromWorker) => void,
    progress: (turn: number) => PassProgress,
    ended: (opened: Opened, leftOut: BadRows) => void,
  ) {
    this.#tell = tell
    this.#progress = progress
    this.#ended = ended
  }

  /** Returns true if it is the import that is under way, or was last. */
  isLast(id: string): boolean {
    return this.#active?.stored.id === id
  }

  /** It can't be gone on with from here any more, only from where the browser keeps it. */
  forgetLast(): void {
    this.#active = undefined
  }

  /** Other tabs may go on with what this one was at. */
  leave(): void {
    this.#presence.announce(undefined)
  }

  /**
   * Writes down what is to be imported, and does it.
   * @throws DOMException where the file was changed, moved or deleted since; what `signal` was aborted with
   */
  async begin(
    { turn, account }: Extract<ToWorker, { type: 'import' }>,
    verified: Verified,
    signal: AbortSignal,
  ): Promise<void> {
    const { file, name, reading, preview, target, rows, digest, chunks, accessKey } = verified
    // One that was changed since can't be kept either, and nothing is to be begun with it.
    await assertReadable(file)
    const id = randomId()
    const stored = { id, account, target, fileName: name, file, reading, begun: Date.now(), rows }
    const lockOwner = randomId()
    const store = await this.#keep(stored, lockOwner)
    const journal = new BrowserJournal(this.#keeping(store, id, lockOwner, 0))
    journal.begin(importSpecOf(stored), stored.begun)
    for (const [chunk, { left }] of chunks) await journal.markLeft(chunk, [...left])
    await journal.markVerified(rows, digest)
    this.#tell({ type: 'begun', turn, id, isSaved: store !== undefined })
    await this.#run(turn, { ...jobOf(stored, journal, signal), preview, accessKey, before: 0, store })
  }

  /**
   * Goes on with an import that is kept: by the browser, or where that keeps nothing by this worker.
   * @param taken told when nothing stands in its way any more
   * @throws TakenOver where it has ended; what `signal` was aborted with
   */
  async resume(
    { turn, id, accountId, accessKey }: Extract<ToWorker, { type: 'resume' }>,
    signal: AbortSignal,
    taken: () => void,
  ): Promise<void> {
    const own = this.isLast(id) ? this.#active : undefined
    if (own !== undefined && own.store === undefined) return this.#run(turn, { ...own, accessKey, signal })
    if (await this.#presence.isRunningElsewhere(id)) return this.#tell({ type: 'busy', turn, id })
    const store = await this.#opening()
    const lockOwner = randomId()
    const found = await store.take(id, accountId, lockOwner)
    if (found === undefined) throw new TakenOver('The import has ended, or was discarded.')
    const { one: stored, lines, milliseconds: before } = found
    const { file, fileName, reading } = stored
    const journal = new BrowserJournal(this.#keeping(store, id, lockOwner, before), lines)
    const preview = await previewOf(file, fileName, reading, randomSeed())
    taken()
    const kept = unfinishedImportOf(stored, lines)
    this.#tell({ type: 'taken', turn, kept, preview, size: file.size })
    await this.#run(turn, { ...jobOf(stored, journal, signal), preview, accessKey, before, store })
  }

  async #run(turn: number, job: WorkerImportJob): Promise<void> {
    const { stored, preview, journal, accessKey, before, store, signal } = job
    const { id, account, file, fileName: name, reading } = stored
    this.#presence.announce(id)
    const began = performance.now()
    const lasted = () => before + performance.now() - began
    this.#active = job
    const { client, pass } = await openPass({ file, name, reading }, accessKey, this.#tell, signal)
    const bad = new BadRows()
    let chunksWithDevices = 0
    const progress = this.#progress(turn)
    const tally = await importAll({
      ...job,
      ...pass,
      client,
      report: (event) => {
        if (event.type === 'reconciling') this.#tell({ type: 'reconciling' })
        if (event.type === 'paused') this.#active = { ...job, before: lasted() }
        if (event.type !== 'chunkDone') return
        const { rows, rejected } = event.tally
        if (event.rows.count > event.bad.size) chunksWithDevices++
        bad.addChunk(event)
        progress.at(rows, rejected, rows / Math.max(1, stored.rows))
      },
    })
    // What the journal says is in; nothing is left that a reload could go on with.
    await store?.forget(id, account.id)
    this.#active = undefined
    this.#ended({ file, name, reading, preview }, bad)
    const { rows, accepted: imported, rejected: leftOut, reasons: codes } = tally.toJSON()
    const { applyIds } = journal
    this.#tell({
      type: 'imported',
      turn,
      summary: {
        ...{ rows, imported, leftOut, codes },
        applyIds: applyIds.toSorted((a, b) => Number(a) - Number(b)),
        // Each of those chunks took a call, and each answer that came has an ApplyId.
        lostAnswers: Math.max(0, chunksWithDevices - applyIds.length),
        milliseconds: lasted(),
      },
    })
  }

  /** @returns undefined where the browser keeps nothing, or has no room */
  async #keep(stored: StoredImport, lockOwner: string): Promise<ImportStore | undefined> {
    try {
      const store = await this.#opening()
      await store.begin(stored, lockOwner)
      return store
    } catch {
      return undefined
    }
  }

  #keeping(store: ImportStore | undefined, id: string, lockOwner: string, before: number) {
    const began = performance.now()
    return async (lines: readonly JournalLine[]): Promise<void> => {
      await store?.write(id, lockOwner, lines, before + performance.now() - began)
    }
  }

  #opening(): Promise<ImportStore> {
    this.#store ??= ImportStore.open(Date.now())
    return this.#store
  }

  /** Tells the page which imports of an account the browser keeps. */
  async reportUnfinished(accountId: string): Promise<void> {
    try {
      const store = await this.#opening()
      const all = await store.of(accountId)
      this.#tell({ type: 'list', kept: all.map(({ one, lines }) => unfinishedImportOf(one, lines)) })
    } catch {
      // A browser that keeps nothing has nothing to go on with.
      this.#tell({ type: 'list', kept: [] })
    }
  }

  /** Forgets an import, here and where the browser keeps it; what has been imported stays. */
  async discard(id: string, accountId: string): Promise<void> {
    if (this.isLast(id)) {
      const isSaved = this.#active?.store !== undefined
      this.#active = undefined
      if (!isSaved) return
    }
    const store = await this.#opening()
    await store.forget(id, accountId)
    await this.reportUnfinished(accountId)
  }
}

/** An import of the page leaves out what is registered already, and lists it. */
const jobOf = (stored: StoredImport, journal: BrowserJournal, signal: AbortSignal) =>
  ({ stored, journal, signal, target: stored.target, mode: 'create' }) as const

const importSpecOf = ({ target, reading, file }: StoredImport): ImportSpec => ({
  endpoint,
  product: target.productKey,
  instance: target.instanceId ?? null,
  mode: 'create',
  batch: chunkRows,
  reading: JSON.stringify(reading),
  size: file.size,
})

/** What the page is told of an import that is kept. */
function unfinishedImportOf(stored: StoredImport, lines: readonly StoredLine[]): UnfinishedImport {
  const { id, account, target, fileName, begun, rows } = stored
  const done = lines.filter(({ line }) => 'done' in line).length
  return {
    ...{ id, target, fileName, begun, rows },
    accountId: account.id,
    accountName: account.name,
    done: Math.min(rows, chunkRows * done),
  }
}
