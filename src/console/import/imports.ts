import { Pace } from '../../client/pace.ts'
import type { AccessKey } from '../../client/sign.ts'
import { importAll, importsAtOnceMax } from '../../importer/import-all.ts'
import { endpoint, randomId } from '../shell/connection.ts'
import { hashes } from '../shell/hashes.ts'
import { BadRows } from './bad-rows.ts'
import { assertReadable, openBlob, portionRows } from './blob-rows.ts'
import { BrowserJournal } from './browser-journal.ts'
import type { FromWorker, KeptImport, Preview, Reading, Target, ToWorker } from './messages.ts'
import type { PassProgress } from './pass-progress.ts'
import { Presence } from './presence.ts'
import { previewOf } from './preview.ts'
import { steadyClient } from './retrying-client.ts'
import { randomSeed } from './seed.ts'
import { ImportStore, type KeptJournal, type StoredImport, TakenOver } from './store.ts'

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
  /** Rows that the server called bad, by the number of their portion. */
  readonly left: ReadonlyMap<number, readonly (readonly [number, string])[]>
}

/** What the worker has to do with one of a file's imports. */
interface Undertaking {
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
  #undertaking: Undertaking | undefined

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
    return this.#undertaking?.stored.id === id
  }

  /** It can't be gone on with from here any more, only from where the browser keeps it. */
  forgetLast(): void {
    this.#undertaking = undefined
  }

  /** Other tabs may go on with what this one was at. */
  leave(): void {
    this.#presence.hold(undefined)
  }

  /**
   * Writes down what is to be imported, and does it.
   * @throws DOMException where the file was changed, moved or deleted since; what `hurry` was aborted with
   */
  async begin(
    { turn, account }: Extract<ToWorker, { type: 'import' }>,
    verified: Verified,
    hurry: AbortSignal,
  ): Promise<void> {
    const { file, name, reading, preview, target, rows, digest, left, accessKey } = verified
    // One that was changed since can't be kept either, and nothing is to be begun with it.
    await assertReadable(file)
    const id = randomId()
    const stored = { id, account, target, fileName: name, file, reading, begun: Date.now(), rows }
    const holder = randomId()
    const store = await this.#keep(stored, holder)
    const journal = new BrowserJournal(this.#keeping(store, id, holder, 0))
    journal.begin(undertakingOf(stored), stored.begun)
    for (const [portion, some] of left) await journal.markLeft(portion, some)
    await journal.markVerified(rows, digest)
    this.#tell({ type: 'begun', turn, id, isKept: store !== undefined })
    await this.#import(turn, { stored, preview, journal, accessKey, before: 0, store }, hurry)
  }

  /**
   * Goes on with an import that is kept: by the browser, or where that keeps nothing by this worker.
   * @param taken told when nothing stands in its way any more
   * @throws TakenOver where it has ended; what `hurry` was aborted with
   */
  async resume(
    { turn, id, accountId, accessKey }: Extract<ToWorker, { type: 'resume' }>,
    hurry: AbortSignal,
    taken: () => void,
  ): Promise<void> {
    const own = this.isLast(id) ? this.#undertaking : undefined
    if (own !== undefined && own.store === undefined) return this.#import(turn, { ...own, accessKey }, hurry)
    if (await this.#presence.isHeldElsewhere(id)) return this.#tell({ type: 'busy', turn, id })
    const store = await this.#opening()
    const holder = randomId()
    const found = await store.take(id, accountId, holder)
    if (found === undefined) throw new TakenOver('The import has ended, or was discarded.')
    const { one: stored, journal: kept, milliseconds: before } = found
    const journal = new BrowserJournal(this.#keeping(store, id, holder, before), kept)
    const preview = await previewOf(stored.file, stored.fileName, stored.reading, randomSeed())
    taken()
    this.#tell({ type: 'taken', turn, kept: keptOf(stored, kept), preview, size: stored.file.size })
    await this.#import(turn, { stored, preview, journal, accessKey, before, store }, hurry)
  }

  async #import(turn: number, undertaking: Undertaking, hurry: AbortSignal): Promise<void> {
    const { stored, preview, journal, accessKey, before, store } = undertaking
    this.#presence.hold(stored.id)
    const began = performance.now()
    const lasted = () => before + performance.now() - began
    this.#undertaking = undertaking
    const { file, fileName, reading, target, rows } = stored
    const source = await openBlob(file, fileName, reading, portionRows)
    const pace = new Pace(importsAtOnceMax)
    const client = steadyClient(accessKey, {
      hurry,
      lost: (isLost) => this.#tell({ type: 'connection', isLost }),
      throttled: () => pace.throttled(),
      held: (isHeld) => this.#tell({ type: 'quota', isHeld }),
      imported: (applyId) => journal.imported(applyId),
      lookingUp: () => this.#tell({ type: 'lookingUp' }),
    })
    const bad = new BadRows()
    /** Portions of which rows are in. */
    let imported = 0
    const progress = this.#progress(turn)
    const tally = await importAll(
      source.portions,
      { client, target, mode: 'create', journal, sha256: hashes.sha256, seed: randomSeed(), pace, hurry },
      (portion) => {
        if (portion.rows.count > portion.bad.size) imported++
        bad.addPortion(portion)
        progress.at(portion.tally.rows, portion.tally.rejected, portion.tally.rows / Math.max(1, rows))
      },
    ).finally(() => {
      this.#undertaking = { ...undertaking, before: lasted() }
    })
    // What the journal says is in; nothing is left that a reload could go on with.
    await store?.forget(stored.id, stored.account.id)
    this.#undertaking = undefined
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
        // Each of those portions took a call, and each answer that came has an ApplyId.
        lostAnswers: Math.max(0, imported - journal.applyIds.length),
        milliseconds: lasted(),
      },
    })
  }

  /** @returns undefined where the browser keeps nothing, or has no room */
  async #keep(stored: StoredImport, holder: string): Promise<ImportStore | undefined> {
    try {
      const store = await this.#opening()
      await store.begin(stored, holder)
      return store
    } catch {
      return undefined
    }
  }

  #keeping(store: ImportStore | undefined, id: string, holder: string, before: number) {
    const began = performance.now()
    return async (written: KeptJournal): Promise<void> => {
      await store?.write(id, holder, written, before + performance.now() - began)
    }
  }

  #opening(): Promise<ImportStore> {
    this.#store ??= ImportStore.open(Date.now())
    return this.#store
  }

  /** Tells the page which imports of an account the browser keeps. */
  async tellKept(accountId: string): Promise<void> {
    try {
      const store = await this.#opening()
      const all = await store.of(accountId)
      this.#tell({ type: 'list', kept: all.map(({ one, journal }) => keptOf(one, journal)) })
    } catch {
      // A browser that keeps nothing has nothing to go on with.
      this.#tell({ type: 'list', kept: [] })
    }
  }

  /** Forgets an import, here and where the browser keeps it; what has been imported stays. */
  async discard(id: string, accountId: string): Promise<void> {
    if (this.isLast(id)) {
      const isKept = this.#undertaking?.store !== undefined
      this.#undertaking = undefined
      if (!isKept) return
    }
    const store = await this.#opening()
    await store.forget(id, accountId)
    await this.tellKept(accountId)
  }
}

const undertakingOf = ({ target, reading, file }: StoredImport) => ({
  endpoint,
  product: target.productKey,
  instance: target.instanceId ?? null,
  mode: 'create',
  batch: portionRows,
  reading: JSON.stringify(reading),
  size: file.size,
})

/** What the page is told of an import that is kept. */
function keptOf(stored: StoredImport, { lines }: KeptJournal): KeptImport {
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
    done: Math.min(rows, portionRows * done),
  }
}
