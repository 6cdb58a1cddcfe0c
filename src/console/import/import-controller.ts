import type { AccessKey } from '../../client/sign.ts'
import type { Edit } from '../../device-files/reshape/reshape.ts'
import type { FixOffer } from '../../importer/fix-offers.ts'
import { keepResult, keptResult } from './kept-result.ts'
import { holdsOf, type Mapping } from './mapping.ts'
import type {
  Account,
  Filter,
  FromWorker,
  ListedRow,
  Preview,
  Reading,
  Target,
  ToWorker,
} from './messages.ts'
import {
  type Choice,
  firstState,
  isFixed,
  noFile,
  reduce,
  type Source,
  type State,
  startedOver,
  unverified,
} from './model.ts'

/** The parts of a Worker that the controller uses. */
export interface WorkerPort {
  postMessage(message: ToWorker): void
  onmessage: ((event: { readonly data: FromWorker }) => void) | null
  onerror: ((event: { readonly message?: string }) => void) | null
  terminate(): void
}

/** The identity that imports. */
export interface Importer {
  readonly accessKey: AccessKey
  readonly account: Account
}

/**
 * The page's side of an import: its state, and the worker that does the work. It outlives the page, so that an
 * import continues while the user views another page.
 */
export class ImportController {
  #state: State = firstState
  readonly #worker: WorkerPort
  readonly #importer: Importer
  readonly #listeners = new Set<() => void>()
  readonly #asked = new Map<number, (message: FromWorker) => void>()
  #turn = 0
  #asks = 0
  /** Whether the file is verified as soon as it is read. */
  #verifiesNext = false
  /** The last choice, which also applies to a corrected list. */
  #mapping: Mapping | undefined

  constructor(worker: WorkerPort, importer: Importer) {
    this.#worker = worker
    this.#importer = importer
    this.#state = { ...firstState, lastResult: keptResult(importer.account.id) }
    worker.onmessage = ({ data }) => this.#take(data)
    worker.onerror = ({ message = '' }) =>
      this.#take({ type: 'ended', turn: this.#turn, importError: { kind: 'noWorker', message } })
    this.list()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): State => this.#state

  close(): void {
    this.#worker.terminate()
  }

  readonly chooseTarget = (target: Target | undefined): void => {
    this.#set({ ...unverified, target })
  }

  /** Ignores a file that arrives while an operation runs, for example text typed just before. */
  readonly take = (source: Source | undefined): void => {
    if (isFixed(this.#state)) return
    const { source: before, reading } = this.#state
    this.#turn++
    this.#set({ ...noFile, source, isReading: false })
    if (source === undefined) return
    const isSameText = source.isPasted && before?.isPasted === true
    this.read(isSameText ? { ...reading, map: {} } : { map: {} })
  }

  /** Reads the beginning of the file, possibly with other options. */
  readonly read = (reading: Reading): void => {
    const { source } = this.#state
    if (source?.file === undefined) return
    this.#set({ ...unverified, reading, isReading: true })
    const { file, name } = source
    this.#worker.postMessage({ type: 'read', turn: ++this.#turn, file, name, reading })
  }

  readonly verify = (): void => {
    const { target } = this.#state
    if (target === undefined || isFixed(this.#state)) return
    this.#set({ ...unverified, phase: 'verifying' })
    const { accessKey } = this.#importer
    this.#worker.postMessage({ type: 'verify', turn: ++this.#turn, target, accessKey })
  }

  choose(choice: Partial<Choice>): void {
    this.#set({ choice: { ...this.#state.choice, ...choice } })
  }

  import(): void {
    if (this.#state.phase !== 'verified' || isFixed(this.#state)) return
    this.#set({ phase: 'importing', progress: undefined, importError: undefined })
    this.#worker.postMessage({ type: 'import', turn: ++this.#turn, account: this.#importer.account })
  }

  /** Stops the current operation; an import can be resumed. */
  readonly stop = (): void => {
    this.#set({ isStopping: true })
    this.#worker.postMessage({ type: 'stop' })
  }

  /** Resumes an import stored in this browser. */
  resume(id: string): void {
    if (this.#state.isReading) return
    const isOwn = id === this.#state.importId && this.#state.phase === 'paused'
    this.#set({
      ...(isOwn ? { phase: 'importing', resuming: undefined } : { resuming: id }),
      importError: undefined,
      busy: undefined,
    })
    const { accessKey, account } = this.#importer
    this.#worker.postMessage({ type: 'resume', turn: ++this.#turn, id, accountId: account.id, accessKey })
  }

  /** Discards an import stored in this browser; imported devices stay registered. */
  discard(id: string): void {
    this.#worker.postMessage({ type: 'discard', id, accountId: this.#importer.account.id })
    if (id === this.#state.importId) this.startOver()
  }

  startOver(): void {
    if (isFixed(this.#state) && this.#state.phase !== 'paused') return
    this.#turn++
    this.#set(startedOver(this.#state))
    this.list()
  }

  filter(filter: Filter): void {
    this.#set({ filter })
    this.#worker.postMessage({ type: 'filter', filter })
  }

  /** Refreshes the list of stored imports. */
  readonly list = (): void => {
    this.#worker.postMessage({ type: 'list', accountId: this.#importer.account.id })
  }

  /** Returns bad rows that pass the filter. */
  readonly rows = async (from: number, count: number): Promise<readonly ListedRow[]> => {
    const message = await this.#ask((ask) => ({ type: 'rows', ask, from, count }))
    return message.type === 'rows' ? message.rows : []
  }

  /** Returns the bad rows as a file, with its name. */
  async report(): Promise<{ readonly file: Blob; readonly name: string }> {
    const message = await this.#ask((ask) => ({ type: 'report', ask }))
    if (message.type !== 'report') throw new Error(`the worker answered ${message.type}`)
    return message
  }

  /** The generated secrets as a file; once they were taken, the import may begin. */
  async secrets(): Promise<{ readonly file: Blob; readonly name: string }> {
    const message = await this.#ask((ask) => ({ type: 'secrets', ask }))
    if (message.type !== 'secrets') throw new Error(`the worker answered ${message.type}`)
    this.#set({ hasSecrets: true })
    return message
  }

  /** Takes away what came of the last import. */
  readonly dismissResult = (): void => {
    keepResult(this.#importer.account.id, undefined)
    this.#set({ lastResult: undefined })
  }

  /** Reads the file with a fix, and verifies it again. */
  fix(offer: FixOffer): void {
    const { reading } = this.#state
    const { fixes = [], set, ...reshape } = reading.reshape ?? {}
    const changes =
      offer.fix === 'blanks'
        ? { fixes, set: { ...set, name: [offer.recipe] } }
        : { fixes: [...fixes, offer.fix], ...(set && { set }) }
    this.#verifiesNext = true
    this.read({ ...reading, reshape: { ...reshape, ...changes } })
  }

  /** Reads a row as the person has corrected it, and verifies the file again. */
  edit(edit: Edit): void {
    const { reading } = this.#state
    const { edits = [], ...reshape } = reading.reshape ?? {}
    const others = edits.filter(({ line, sheet }) => line !== edit.line || sheet !== edit.sheet)
    this.#verifiesNext = true
    this.read({ ...reading, reshape: { ...reshape, edits: [...others, edit] } })
  }

  #ask(message: (ask: number) => ToWorker): Promise<FromWorker> {
    const ask = ++this.#asks
    return new Promise((resolve) => {
      this.#asked.set(ask, resolve)
      this.#worker.postMessage(message(ask))
    })
  }

  #take(message: FromWorker): void {
    if ('ask' in message) {
      this.#asked.get(message.ask)?.(message)
      this.#asked.delete(message.ask)
      return
    }
    if ('turn' in message && message.turn !== this.#turn) return
    this.#set(reduce(this.#state, message))
    if (message.type === 'preview') {
      this.#mapAgain(message.preview)
      if (this.#verifiesNext && !this.#state.isReading) {
        this.#verifiesNext = false
        this.verify()
      }
    }
    if (message.type === 'imported') keepResult(this.#importer.account.id, this.#state.lastResult)
    if (message.type === 'imported' || message.type === 'ended') this.list()
  }

  /** Remembers the chosen columns, and applies them to another list with the same columns. */
  #mapAgain({ hasHeader, columns }: Preview): void {
    const { source, reading } = this.#state
    const isPasted = source?.isPasted === true
    if (Object.keys(reading.map).length > 0)
      this.#mapping = { map: reading.map, hasHeader, columns, isPasted }
    else if (this.#mapping !== undefined && holdsOf(this.#mapping, { hasHeader, columns }, isPasted))
      this.read({ ...reading, map: this.#mapping.map })
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
