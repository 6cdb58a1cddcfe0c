import type { AccessKey } from '../../client/sign.ts'
import { hasAttributes, setAttributes } from '../../importer/attributes.ts'
import { importAll } from '../../importer/import-all.ts'
import type { ImportJob } from '../../importer/import-job.ts'
import { beginJob, endJob } from '../../importer/job-record.ts'
import type { ImportSpec, JournalLine } from '../../importer/journal.ts'
import { endpoint, randomId } from '../shell/connection.ts'
import { PassRows } from './bad-list.ts'
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
  /** Contains the rows that the server rejected. */
  readonly chunks: BrowserJournal['chunks']
}

/** An import that the worker is running or has paused. */
interface WorkerImportJob extends ImportJob {
  readonly stored: StoredImport
  readonly preview: Preview
  readonly journal: BrowserJournal
  readonly accessKey: AccessKey
  /** Duration of earlier runs, in milliseconds. */
  readonly before: number
  /** Undefined if the browser stores nothing. */
  readonly store: ImportStore | undefined
}

/** Imports verified files: starts, stores and resumes imports. */
export class Imports {
  readonly #tell: (message: FromWorker) => void
  readonly #progress: (turn: number) => PassProgress
  readonly #ended: (opened: Opened, leftOut: PassRows) => void
  readonly #presence = new Presence()
  #store: Promise<ImportStore> | undefined
  /** The running or last import. */
  #active: WorkerImportJob | undefined

  /** @param ended receives the file of a finished import, and the rows that were not imported */
  constructor(
    tell: (message: FromWorker) => void,
    progress: (turn: number) => PassProgress,
    ended: (opened: Opened, leftOut: PassRows) => void,
  ) {
    this.#tell = tell
    this.#progress = progress
    this.#ended = ended
  }

  /** Reports whether it is the running or last import. */
  isLast(id: string): boolean {
    return this.#active?.stored.id === id
  }

  /** It can no longer be resumed from memory, only from the browser's storage. */
  forgetLast(): void {
    this.#active = undefined
  }

  /** Lets other tabs resume this tab's import. */
  leave(): void {
    this.#presence.announce(undefined)
  }

  /**
   * Stores the import and runs it.
   * @throws DOMException if the file was changed, moved or deleted; the abort reason of `signal`
   */
  async begin(
    { turn, account }: Extract<ToWorker, { type: 'import' }>,
    verified: Verified,
    signal: AbortSignal,
  ): Promise<void> {
    const { file, name, reading, preview, target, rows, digest, chunks, accessKey } = verified
    // A changed file can't be stored either, and its import must not start.
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
   * Resumes an import stored by the browser or, if that stores nothing, held by this worker.
   * @param taken called once nothing prevents the resume
   * @throws TakenOver if the import has ended; the abort reason of `signal`
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
    const bad = new PassRows()
    let chunksWithDevices = 0
    const progress = this.#progress(turn)
    const record = { client, target: stored.target, journal }
    const importJobId = await beginJob(record, name, randomId)
    const tally = await importAll({
      ...job,
      ...pass,
      client,
      importJobId,
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
    const attributes = await this.#attributes(job)
    await endJob(record, tally, attributes !== undefined)
    // Everything in the journal is imported; nothing is left to resume.
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
        ...(importJobId !== undefined && { jobId: importJobId }),
        ...(attributes !== undefined && { attributes }),
        applyIds: applyIds.toSorted((a, b) => Number(a) - Number(b)),
        // Each of those chunks took a call, and each answer had an ApplyId.
        lostAnswers: Math.max(0, chunksWithDevices - applyIds.length),
        milliseconds: lasted(),
      },
    })
  }

  /** Sets the nicknames and tags of what was imported; the file is read once more. */
  async #attributes({ stored, journal, accessKey, signal, target }: WorkerImportJob) {
    const { file, fileName: name, reading } = stored
    const { source, client, pass } = await openPass({ file, name, reading }, accessKey, this.#tell, signal)
    if (!hasAttributes(source)) return undefined
    return setAttributes({ ...pass, client, target, journal, report: () => {} })
  }

  /** @returns undefined if the browser stores nothing or has no space */
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

  /** Sends the page the account's stored imports. */
  async reportUnfinished(accountId: string): Promise<void> {
    try {
      const store = await this.#opening()
      const all = await store.of(accountId)
      this.#tell({ type: 'list', kept: all.map(({ one, lines }) => unfinishedImportOf(one, lines)) })
    } catch {
      // The browser stores nothing, so there is nothing to resume.
      this.#tell({ type: 'list', kept: [] })
    }
  }

  /** Discards a stored import; imported devices stay registered. */
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

/** Imports of the page skip registered devices and list them. */
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

/** Summarises a stored import for the page. */
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
