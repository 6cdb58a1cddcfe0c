import { Pace } from '../../client/pace.ts'
import type { AccessKey } from '../../client/sign.ts'
import { importAll, importsAtOnceMax } from '../../intake/import-all.ts'
import { reasons } from '../../intake/reasons.ts'
import { type BadRows as BadEntries, checkedBy } from '../../intake/target.ts'
import { type PortionTold, verifyAll } from '../../intake/verify-all.ts'
import type { Rows } from '../../rows/rows.ts'
import { drawNonce, endpoint } from '../shell/connection.ts'
import { hashes } from '../shell/hashes.ts'
import { BadList } from './bad-list.ts'
import { BadRows } from './bad-rows.ts'
import { assertReadable, openBlob } from './blob-rows.ts'
import { BrowserJournal } from './kept-journal.ts'
import type {
  Counts,
  FromWorker,
  KeptImport,
  Preview,
  Progress,
  Reading,
  Target,
  ToWorker,
} from './messages.ts'
import { PassProgress } from './pass-progress.ts'
import { Presence } from './presence.ts'
import { previewOf } from './preview.ts'
import { reportOf } from './report.ts'
import { steadyClient } from './steady-client.ts'
import { ImportStore, type KeptJournal, type StoredImport, TakenOver } from './store.ts'
import { troubleOf } from './trouble-of.ts'

/** Rows in a call, as many as it takes. */
const portionRows = 10_000
/** Calls under way at once while a file is verified; a browser has six connections, and the page wants some too. */
const checksAtOnceMax = 4

/** How often the page is told of new bad rows while a pass goes on. */
const listedEveryMs = 1000

/** A file and how it is read. */
interface Opened {
  readonly file: Blob
  readonly name: string
  readonly reading: Reading
  readonly preview: Preview
}

/** A file that was verified, and what an import of it needs to know. */
interface Verified extends Opened {
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

const stopped = new Error('stopped')

/** Does all of the page's work: reads, judges, asks and imports, and holds what is bad. */
export class Work {
  readonly #tell: (message: FromWorker) => void
  readonly #presence = new Presence()
  #store: Promise<ImportStore> | undefined
  #opened: Opened | undefined
  #verified: Verified | undefined
  /** The import that is under way, or was last. */
  #undertaking: Undertaking | undefined
  readonly #bad: BadList
  #hurry = new AbortController()
  /** What is under way; a next one begins when it has ended. */
  #underWay: Promise<void> = Promise.resolve()

  constructor(tell: (message: FromWorker) => void) {
    this.#tell = tell
    this.#bad = new BadList((listing) => tell({ type: 'listing', listing }))
  }

  take(message: ToWorker): void {
    switch (message.type) {
      case 'read':
        this.#do(message.turn, '', () => this.#read(message))
        break
      case 'verify':
        this.#do(message.turn, 'BatchCheckImportDevice', (hurry) => this.#verify(message, hurry))
        break
      case 'import':
        this.#do(message.turn, 'BatchImportDevice', (hurry) => this.#begin(message, hurry))
        break
      case 'resume':
        this.#do(message.turn, 'BatchImportDevice', (hurry) => this.#resume(message, hurry))
        break
      case 'stop':
        this.#hurry.abort(stopped)
        break
      case 'filter':
        this.#bad.filter(message.filter)
        break
      case 'rows': {
        const { ask, from, count } = message
        this.#tell({ type: 'rows', ask, rows: this.#bad.rows.rows(from, count) })
        break
      }
      case 'report':
        this.#report(message.ask)
        break
      case 'list':
        void this.#tellKept(message.accountId)
        break
      case 'discard':
        void this.#discard(message.id, message.accountId)
    }
  }

  /** One after the other; what comes last ends what is under way. */
  #do(turn: number, action: string, work: (hurry: AbortSignal) => Promise<void>): void {
    this.#hurry.abort(stopped)
    const { signal } = (this.#hurry = new AbortController())
    this.#underWay = this.#underWay.then(async () => {
      try {
        signal.throwIfAborted()
        await work(signal)
      } catch (error) {
        const trouble = signal.aborted && !(error instanceof TakenOver) ? undefined : troubleOf(error, action)
        this.#tell({ type: 'ended', turn, ...(trouble && { trouble }) })
      } finally {
        this.#presence.hold(undefined)
      }
    })
  }

  async #read({ turn, file, name, reading }: Extract<ToWorker, { type: 'read' }>): Promise<void> {
    this.#forget()
    const preview = await previewOf(file, name, reading, drawSeed())
    this.#opened = { file, name, reading, preview }
    this.#tell({ type: 'preview', turn, preview })
  }

  async #verify(
    { turn, target, accessKey }: Extract<ToWorker, { type: 'verify' }>,
    hurry: AbortSignal,
  ): Promise<void> {
    const opened = this.#opened
    if (opened === undefined) throw new Error('no file was read')
    this.#verified = undefined
    this.#bad.clear()
    const began = performance.now()
    const { file, name, reading } = opened
    const source = await openBlob(file, name, reading, portionRows)
    const pace = new Pace(checksAtOnceMax)
    const client = steadyClient(accessKey, {
      hurry,
      cut: hurry,
      lost: (isLost) => this.#tell({ type: 'connection', isLost }),
      throttled: () => pace.throttled(),
      held: (isHeld) => this.#tell({ type: 'quota', isHeld }),
    })
    const toldBad = new Map<Rows, BadEntries>()
    const left = new Map<number, [number, string][]>()
    const progress = this.#progress(turn)
    let existing = 0
    let number = 0
    const { tally, digest } = await verifyAll(
      source.portions,
      {
        ask: async (rows, entries) => {
          const bad = await checkedBy(client, target, rows, entries)
          if (bad.size > 0) toldBad.set(rows, bad)
          return bad
        },
        seed: drawSeed(),
        pace,
        hurry,
        mode: 'create',
      },
      (portion) => {
        const bad = toldBad.get(portion.rows)
        toldBad.delete(portion.rows)
        if (bad !== undefined) left.set(number, leftOf(bad))
        number++
        for (const found of portion.bad.values()) if (found.every(isTaken)) existing++
        addTo(this.#bad.rows, portion)
        progress.at(portion.tally.rows, portion.tally.rejected, source.share())
      },
      { sha256: hashes.sha256 },
    )
    const counts: Counts = {
      rows: tally.rows,
      good: tally.accepted,
      existing,
      bad: tally.rejected - existing,
      codes: Object.fromEntries([...tally.reasons].map(([code, { count }]) => [code, count])),
    }
    this.#verified = { ...opened, target, accessKey, rows: tally.rows, digest, left }
    this.#bad.tell()
    const milliseconds = performance.now() - began
    this.#tell({ type: 'verified', turn, counts, damage: source.damage(), milliseconds })
  }

  /** Writes down what is to be imported, and begins. */
  async #begin({ turn, account }: Extract<ToWorker, { type: 'import' }>, hurry: AbortSignal): Promise<void> {
    const verified = this.#verified
    if (verified === undefined) throw new Error('no file was verified')
    const { file, name, reading, preview, target, rows, digest, left, accessKey } = verified
    // One that was changed since can't be kept either, and nothing is to be begun with it.
    await assertReadable(file)
    const id = drawNonce()
    const stored = { id, account, target, fileName: name, file, reading, begun: Date.now(), rows }
    const holder = drawNonce()
    const store = await this.#keep(stored, holder)
    const journal = new BrowserJournal(this.#keeping(store, id, holder, 0))
    journal.begin(undertakingOf(stored), stored.begun)
    for (const [portion, some] of left) await journal.markLeft(portion, some)
    await journal.markVerified(rows, digest)
    this.#tell({ type: 'begun', turn, id, isKept: store !== undefined })
    await this.#import(turn, { stored, preview, journal, accessKey, before: 0, store }, hurry)
  }

  /** Goes on with an import that is kept: by the browser, or where that keeps nothing by this worker. */
  async #resume(
    { turn, id, accountId, accessKey }: Extract<ToWorker, { type: 'resume' }>,
    hurry: AbortSignal,
  ): Promise<void> {
    const own = this.#undertaking?.stored.id === id ? this.#undertaking : undefined
    if (own !== undefined && own.store === undefined) return this.#import(turn, { ...own, accessKey }, hurry)
    if (own === undefined) this.#forget()
    if (await this.#presence.isHeldElsewhere(id)) return this.#tell({ type: 'busy', turn })
    const store = await this.#opening()
    const holder = drawNonce()
    const taken = await store.take(id, accountId, holder)
    if (taken === undefined) throw new TakenOver('The import has ended, or was discarded.')
    const { one: stored, journal: kept, milliseconds: before } = taken
    const journal = new BrowserJournal(this.#keeping(store, id, holder, before), kept)
    const preview = await previewOf(stored.file, stored.fileName, stored.reading, drawSeed())
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
      { client, target, mode: 'create', journal, sha256: hashes.sha256, seed: drawSeed(), pace, hurry },
      (portion) => {
        if (portion.rows.count > portion.bad.size) imported++
        addTo(bad, portion)
        progress.at(portion.tally.rows, portion.tally.rejected, portion.tally.rows / Math.max(1, rows))
      },
    ).finally(() => {
      this.#undertaking = { ...undertaking, before: lasted() }
    })
    // What the journal says is in; nothing is left that a reload could go on with.
    await store?.forget(stored.id, stored.account.id)
    this.#undertaking = undefined
    this.#opened = { file, name: fileName, reading, preview }
    this.#bad.show(bad)
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
    this.#store ??= ImportStore.open()
    return this.#store
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

  /** The file that was read, and all that was found of it. */
  #forget(): void {
    this.#opened = undefined
    this.#verified = undefined
    this.#undertaking = undefined
    this.#bad.clear()
  }

  #report(ask: number): void {
    if (this.#opened === undefined) return
    const { name, preview } = this.#opened
    this.#tell({ type: 'report', ask, ...reportOf(this.#bad.rows, name, preview) })
  }

  async #tellKept(accountId: string): Promise<void> {
    try {
      const store = await this.#opening()
      const all = await store.of(accountId)
      this.#tell({ type: 'list', kept: all.map(({ one, journal }) => keptOf(one, journal)) })
    } catch {
      // A browser that keeps nothing has nothing to go on with.
      this.#tell({ type: 'list', kept: [] })
    }
  }

  async #discard(id: string, accountId: string): Promise<void> {
    if (this.#undertaking?.stored.id === id) {
      const isKept = this.#undertaking.store !== undefined
      this.#undertaking = undefined
      if (!isKept) return
    }
    const store = await this.#opening()
    await store.forget(id, accountId)
    await this.#tellKept(accountId)
  }
}

const isTaken = (reason: unknown) => reason === reasons.nameTaken

const leftOf = (bad: BadEntries): [number, string][] =>
  [...bad].map(([entry, [first]]) => [entry, first!.code])

function addTo(list: BadRows, { rows, bad }: PortionTold): void {
  for (const [entry, found] of [...bad].sort(([a], [b]) => a - b)) {
    const said = found.find(({ code }) => code === 'Rejected')?.reason
    list.add({
      line: rows.line(entry),
      cells: rows.cells(entry),
      codes: found.map(({ code }) => code),
      ...(said !== undefined && { said }),
    })
  }
}

/** For the seed of hashes of names. */
const drawSeed = () => crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1

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
