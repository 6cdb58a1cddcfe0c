import { type FieldName, fields } from '../../device-files/fields.ts'
import type { Finding } from '../../device-files/notes.ts'
import type { FixOffer } from '../../importer/fix-offers.ts'
import type {
  Counts,
  Filter,
  FromWorker,
  ImportError,
  LastResult,
  Listing,
  Preview,
  Progress,
  Reading,
  Summary,
  Target,
  UnfinishedImport,
} from './messages.ts'

/** The source of the devices. */
export interface Source {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Only the worker has the file of an import that is resumed. */
  readonly file?: Blob
  readonly isPasted: boolean
  /** Number of further files dropped with it, which are ignored; undefined if there were none. */
  readonly passedOver?: number
}

/** Returns the first of the dropped or chosen files. */
export function firstOf(files: ArrayLike<File>): Source {
  const { 0: file, length } = files
  const { name, size } = file!
  return { name, size, file: file!, isPasted: false, ...(length > 1 && { passedOver: length - 1 }) }
}

/** The file name of pasted text, also for reports. */
export const pastedName = 'pasted'

/** The user's choices for rows that can't be imported; none by default. */
export interface Choice {
  /** Skips devices that are already registered. */
  readonly skipExisting: boolean
  /** Imports the good rows although others are bad. */
  readonly leaveBad: boolean
}

export type Phase =
  /** The user is choosing a product, a file and its columns. */
  'choosing' | 'verifying' | 'verified' | 'importing' | 'paused' | 'imported'

/** All that the page shows. */
export interface State {
  readonly phase: Phase
  readonly target?: Target | undefined
  readonly source?: Source | undefined
  readonly reading: Reading
  readonly isReading: boolean
  readonly preview?: Preview | undefined
  /** Why the file is unreadable. */
  readonly unreadable?: ImportError | undefined
  readonly progress?: Progress | undefined
  /** True if the server can't be reached at the moment. */
  readonly isLost: boolean
  /** True if the account's quota refuses call after call. */
  readonly isThrottled: boolean
  /** True if what is under way was told to stop, and has not yet. */
  readonly isStopping: boolean
  /** True if the import is looking up the result of a call whose answer was lost. */
  readonly isReconciling: boolean
  readonly counts?: Counts | undefined
  /** Findings of the verification. */
  readonly findings?: readonly Finding[] | undefined
  /** Fixes that would make bad values legal. */
  readonly offers?: readonly FixOffer[] | undefined
  /** True once the generated secrets were downloaded: until then nothing is imported with them. */
  readonly hasSecrets?: boolean
  /** Duration of the verification. */
  readonly verifiedMs?: number | undefined
  readonly choice: Choice
  /** The error that ended the last operation early. */
  readonly importError?: ImportError | undefined
  /**
   * The import to be resumed, until it is known whether that is possible; the other state remains meanwhile.
   */
  readonly resuming?: string | undefined
  /** The import that could not be resumed, because another tab is running it. */
  readonly busy?: string | undefined
  readonly filter: Filter
  readonly listing: Listing
  /** The running import, and whether it can be resumed after a reload. */
  readonly importId?: string | undefined
  readonly isSaved: boolean
  readonly summary?: Summary | undefined
  /** Describes what came of the last import of this tab. */
  readonly lastResult?: LastResult | undefined
  /** Unfinished imports of this account in this browser. */
  readonly unfinished: readonly UnfinishedImport[]
}

const noRows: Listing = { count: 0, version: 0, changed: 0, all: 0, codes: {} }
const noChoice: Choice = { skipExisting: false, leaveBad: false }

export const firstState: State = {
  phase: 'choosing',
  reading: { map: {} },
  isReading: false,
  isLost: false,
  isThrottled: false,
  isStopping: false,
  isReconciling: false,
  choice: noChoice,
  filter: { text: '' },
  listing: noRows,
  isSaved: false,
  unfinished: [],
}

/** No operation is in progress. */
const quiet = { isLost: false, isThrottled: false, isStopping: false, isReconciling: false } as const

/** Resets the verification, because the input has changed. */
export const unverified = {
  phase: 'choosing',
  progress: undefined,
  counts: undefined,
  findings: undefined,
  offers: undefined,
  hasSecrets: false,
  verifiedMs: undefined,
  choice: noChoice,
  importError: undefined,
  busy: undefined,
  filter: { text: '' },
  listing: noRows,
  importId: undefined,
  summary: undefined,
} as const satisfies Partial<State>

/** The state before a file is chosen. */
export const noFile = {
  ...unverified,
  source: undefined,
  preview: undefined,
  unreadable: undefined,
} as const satisfies Partial<State>

/** Starts over, keeping the product and the list of stored imports. */
export const startedOver = ({ target, unfinished, lastResult }: State): State => ({
  ...firstState,
  ...noFile,
  target,
  unfinished,
  lastResult,
})

/** Reports whether product, file and columns are fixed because an operation uses them. */
export const isFixed = ({ phase, resuming }: State) =>
  phase === 'verifying' || phase === 'importing' || phase === 'paused' || resuming !== undefined

/** Applies a message of the worker to the state. */
export function reduce(state: State, message: FromWorker): State {
  switch (message.type) {
    case 'preview':
      return { ...state, isReading: false, preview: message.preview, unreadable: undefined }
    case 'progress':
      return { ...state, progress: message.progress, isReconciling: false }
    case 'reconciling':
      return { ...state, isReconciling: true }
    case 'connection':
      return { ...state, isLost: message.isLost }
    case 'quota':
      return { ...state, isThrottled: message.isHeld }
    case 'verified':
      return {
        ...state,
        phase: 'verified',
        counts: message.counts,
        findings: message.findings,
        offers: message.offers,
        verifiedMs: message.milliseconds,
        ...quiet,
      }
    case 'begun':
      return { ...state, importId: message.id, isSaved: message.isSaved }
    case 'taken': {
      const { target, fileName, id } = message.kept
      return {
        ...(id === state.importId ? state : startedOver(state)),
        phase: 'importing',
        resuming: undefined,
        target,
        source: { name: fileName, size: message.size, isPasted: false },
        preview: message.preview,
        importId: id,
        isSaved: true,
      }
    }
    case 'busy':
      return {
        ...state,
        phase: state.phase === 'importing' ? 'paused' : state.phase,
        resuming: undefined,
        busy: message.id,
      }
    case 'imported':
      return {
        ...state,
        phase: 'imported',
        summary: message.summary,
        lastResult: resultOf(state, message.summary),
        ...quiet,
      }
    case 'ended':
      return ended(state, message.importError)
    case 'listing':
      return { ...state, listing: message.listing }
    case 'list':
      return { ...state, unfinished: message.kept }
    case 'rows':
    case 'secrets':
    case 'report':
      return state
  }
}

const resultOf = ({ target, source }: State, { imported, leftOut, jobId }: Summary): LastResult | undefined =>
  target && { target, fileName: source?.name ?? '', imported, leftOut, ...(jobId !== undefined && { jobId }) }

function ended(state: State, importError: ImportError | undefined): State {
  if (state.resuming !== undefined) return { ...state, resuming: undefined, importError }
  // Another tab has it, or it is gone; if it is still stored, it is in the list of unfinished imports.
  if (importError?.kind === 'takenOver') return { ...startedOver(state), importError }
  if (state.isReading) return { ...state, isReading: false, preview: undefined, unreadable: importError }
  const isOfFile = importError?.kind === 'noFile' || importError?.kind === 'unreadable'
  // The verified rows can no longer be imported.
  if (isOfFile && state.importId === undefined)
    return { ...state, ...quiet, ...noFile, source: state.source, unreadable: importError }
  const after = { ...state, ...quiet, progress: undefined, importError }
  if (state.phase === 'verifying') return { ...after, phase: 'choosing', listing: noRows }
  // Nothing was stored yet, so there is nothing to resume.
  if (state.phase === 'importing')
    return {
      ...after,
      phase: state.importId === undefined ? before(state) : 'paused',
      progress: state.progress,
    }
  return after
}

/** Reports whether another tab is running the import that is paused here. */
export const isBusy = ({ busy, importId }: State) => busy !== undefined && busy === importId

const before = ({ counts }: State): Phase => (counts === undefined ? 'choosing' : 'verified')

/** The next step, or what it requires. */
export type Next =
  /** The key has no permission for an operation that the step requires. */
  | { readonly step: 1 | 4 | 6; readonly code: 'mayNot'; readonly action: string }
  | { readonly step: 1; readonly code: 'noProduct' }
  | { readonly step: 2; readonly code: 'noFile' | 'reading' | 'unreadable' | 'noRows' }
  | { readonly step: 3; readonly code: 'noColumn'; readonly field: FieldName; readonly hasSheets: boolean }
  | { readonly step: 4; readonly code: 'verify' | 'verifying' | 'lost' }
  | { readonly step: 4 | 6; readonly code: 'quota' }
  | { readonly step: 5; readonly code: 'noneGood' | 'allExist' }
  | { readonly step: 5; readonly code: 'someBad'; readonly bad: number; readonly good: number }
  | { readonly step: 5; readonly code: 'someExist'; readonly existing: number; readonly good: number }
  | { readonly step: 6; readonly code: 'secrets' }
  | { readonly step: 6; readonly code: 'import'; readonly good: number }
  | { readonly step: 6; readonly code: 'importing' | 'importLost' | 'paused' | 'busy' }
  | { readonly step: 7; readonly code: 'imported'; readonly imported: number; readonly leftOut: number }

/** Operations of an import; the second finds the outcome of a call without an answer. */
const importing = ['BatchImportDevice', 'BatchQueryDeviceDetail']

/**
 * Returns the first thing that blocks the next step.
 * @param may whether the key may call an operation
 */
export function nextOf(state: State, may: (action: string) => boolean): Next {
  const { phase, isLost, isThrottled, counts, choice, preview, summary } = state
  if (state.resuming !== undefined) return { step: 6, code: 'importing' }
  if (phase === 'imported')
    return { step: 7, code: 'imported', imported: summary?.imported ?? 0, leftOut: summary?.leftOut ?? 0 }
  if (isThrottled && !isLost && phase === 'importing') return { step: 6, code: 'quota' }
  if (isThrottled && !isLost && phase === 'verifying') return { step: 4, code: 'quota' }
  if (phase === 'importing') return { step: 6, code: isLost ? 'importLost' : 'importing' }
  if (phase === 'paused') return { step: 6, code: isBusy(state) ? 'busy' : 'paused' }
  if (phase === 'verifying') return { step: 4, code: isLost ? 'lost' : 'verifying' }
  if (state.target === undefined)
    return may('QueryProductList')
      ? { step: 1, code: 'noProduct' }
      : { step: 1, code: 'mayNot', action: 'QueryProductList' }
  if (state.source === undefined) return { step: 2, code: 'noFile' }
  if (state.isReading) return { step: 2, code: 'reading' }
  if (preview === undefined) return { step: 2, code: 'unreadable' }
  const [field] = preview.lacks
  if (field !== undefined)
    return { step: 3, code: 'noColumn', field, hasSheets: (preview.sheets?.length ?? 0) > 1 }
  if (preview.rows.length === 0) return { step: 2, code: 'noRows' }
  if (phase !== 'verified' || counts === undefined)
    return may('BatchCheckImportDevice')
      ? { step: 4, code: 'verify' }
      : { step: 4, code: 'mayNot', action: 'BatchCheckImportDevice' }
  const { good, bad, existing } = counts
  if (good === 0) return { step: 5, code: bad === 0 ? 'allExist' : 'noneGood' }
  if (bad > 0 && !choice.leaveBad) return { step: 5, code: 'someBad', bad, good }
  if (existing > 0 && !choice.skipExisting) return { step: 5, code: 'someExist', existing, good }
  if (state.reading.reshape?.secret?.kind === 'generate' && state.hasSecrets !== true)
    return { step: 6, code: 'secrets' }
  const denied = importing.find((action) => !may(action))
  return denied === undefined
    ? { step: 6, code: 'import', good }
    : { step: 6, code: 'mayNot', action: denied }
}

/** The field of each column, by index. */
export const fieldsOf = ({ columns, places }: Preview): (FieldName | undefined)[] =>
  columns.map((_, place) => fields.find((field) => places[field] === place))
