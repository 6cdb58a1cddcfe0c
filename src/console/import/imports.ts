import { Pace } from '../../client/pace.ts'
import type { AccessKey } from '../../client/sign.ts'
import { importAll, importsAtOnceMax } from '../../importer/import-all.ts'
import { endpoint, randomId } from '../shell/connection.ts'
import { hashes } from '../shell/hashes.ts'
import { BadRows } from './bad-rows.ts'
import { assertReadable, chunkRows, openBlob } from './blob-rows.ts'
import { BrowserJournal } from './browser-journal.ts'
import type { FromWorker, Preview, Reading, Target, ToWorker, UnfinishedImport } from './messages.ts'
import type { PassProgress } from './pass-progress.ts'
import { Presence } from './presence.ts'
import { previewOf } from './preview.ts'
import { retryingClient } from './retrying-client.ts'
import { randomSeed } from './seed.ts'
import { ImportStore, type StoredImport, type StoredJournal, TakenOver } from './store.ts'

/** A file and how it is read. */
export interface Opened {
  readonly file: Blob
  readonly name: string
  readonly reading: Reading
  readonly preview: Preview
}

/** A file that was verified, and what an import of it needs to know. */
export interface Verified extends Opened {
  readonly target: Target
  readonly accessKey: AccessKey
  readonly rows: number
  readonly digest: string
  /** Rows that the server called bad, by the number of their chunk. */
  readonly left: ReadonlyMap<number, readonly (readonly [number, string])[]>
}

/** What the worker has to do with one of a file's imports. */
interface ActiveImport {
  readonly stored: StoredImport
  readonly preview: Preview
  readonly journal: BrowserJournal
  readonly accessKey: AccessKey
  /** How long it was worked on before, in milliseconds. */
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
  #active: ActiveImport | undefined

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

  /** Whether it is the import that is under way, or was last. */
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
    const { file, name, reading, preview, target, rows, digest, left, accessKey } = verified
    // One that was changed since can't be kept either, and nothing is to be begun with it.
    await assertReadable(file)
    const id = randomId()
    const stored = { id, account, target, fileName: name, file, reading, begun: Date.now(), rows }
    const lockOwner = randomId()
    const store = await this.#keep(stored, lockOwner)
    const journal = new BrowserJournal(this.#keeping(store, id, lockOwner, 0))
    journal.begin(importSpecOf(stored), stored.begun)
    for (const [chunk, some] of left) await journal.markLeft(chunk, some)
    await journal.markVerified(rows, digest)
    this.#tell({ type: 'begun', turn, id, isSaved: store !== undefined })
    await this.#import(turn, { stored, preview, journal, accessKey, before: 0, store }, signal)
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
    if (own !== undefined && own.store === undefined) return this.#import(turn, { ...own, accessKey }, signal)
    if (await this.#presence.isRunningElsewhere(id)) return this.#tell({ type: 'busy', turn, id })
    const store = await this.#opening()
    const lockOwner = randomId()
    const found = await store.take(id, accountId, lockOwner)
    if (found === undefined) throw new TakenOver('The import has ended, or was discarded.')
    const { one: stored, journal: kept, milliseconds: before } = found
    const journal = new BrowserJournal(this.#keeping(store, id, lockOwner, before), kept)
    const preview = await previewOf(stored.file, stored.fileName, stored.reading, randomSeed())
    taken()
    this.#tell({
      type: 'taken',
      turn,
      kept: unfinishedImportOf(stored, kept),
      preview,
      size: stored.file.size,
    })
    await this.#import(turn, { stored, preview, journal, accessKey, before, store }, signal)
  }

  async #import(turn: number, undertaking: ActiveImport, signal: AbortSignal): Promise<void> {
    const { stored, preview, journal, accessKey, before, store } = undertaking
    this.#presence.announce(stored.id)
    const began = performance.now()
    const lasted = () => before + performance.now() - began
    this.#active = undertaking
    const { file, fileName, reading, target, rows } = stored
    const source = await openBlob(file, fileName, reading, chunkRows)
    const pace = new Pace(importsAtOnceMax)
    const client = retryingClient(accessKey, {
      signal,
      lost: (isLost) => this.#tell({ type: 'connection', isLost }),
      throttled: () => pace.throttled(),
      throttledLong: (isHeld) => this.#tell({ type: 'quota', isHeld }),
      imported: (applyId) => journal.imported(applyId),
      lookingUp: () => this.#tell({ type: 'lookingUp' }),
    })
    const bad = new BadRows()
    /** Chunks of which rows are in. */
    let imported = 0
    const progress = this.#progress(turn)
    const tally = await importAll(
      source.chunks,
      { client, target, mode: 'create', journal, sha256: hashes.sha256, seed: randomSeed(), pace, signal },
      (chunk) => {
        if (chunk.rows.count > chunk.bad.size) imported++
        bad.addChunk(chunk)
        progress.at(chunk.tally.rows, chunk.tally.rejected, chunk.tally.rows / Math.max(1, rows))
      },
    ).finally(() => {
      this.#active = { ...undertaking, before: lasted() }
    })
    // What the journal says is in; nothing is left that a reload could go on with.
    await store?.forget(stored.id, stored.account.id)
    this.#active = undefined
    this.#ended({ file, name: fileName, reading, preview }, bad)
    this.#tell({
      type: 'imported',
      turn,
      summary: {
        rows: tally.rows,
        imported: tally.accepted,
        leftOut: tally.rejected,
        codes: Object.fromEntries([...tally.reasons].map(([code, { count }]) => [code, count])),
        applyIds: [...journal.applyIds].sort((a, b) => Number(a) - Number(b)),
        // Each of those chunks took a call, and each answer that came has an ApplyId.
        lostAnswers: Math.max(0, imported - journal.applyIds.length),
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
    return async (written: StoredJournal): Promise<void> => {
      await store?.write(id, lockOwner, written, before + performance.now() - began)
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
      this.#tell({ type: 'list', kept: all.map(({ one, journal }) => unfinishedImportOf(one, journal)) })
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

const importSpecOf = ({ target, reading, file }: StoredImport) => ({
  endpoint,
  product: target.productKey,
  instance: target.instanceId ?? null,
  mode: 'create',
  batch: chunkRows,
  reading: JSON.stringify(reading),
  size: file.size,
})

/** What the page is told of an import that is kept. */
function unfinishedImportOf(stored: StoredImport, { lines }: StoredJournal): UnfinishedImport {
  const { id, account, target, fileName, begun, rows } = stored
  const done = lines.filter((line) => 'done' in line).length
  return {
    id,
    accountId: account.id,
    accountName: account.name,
    target,
    fileName,
    begun,
    rows,
    done: Math.min(rows, chunkRows * done),
  }
}
