import type { AccessKey } from '../../client/sign.ts'
import type { ChosenColumns, Places } from '../../device-files/columns.ts'
import type { Allowance } from '../../device-files/faults.ts'
import type { Encoding } from '../../device-files/formats.ts'
import type { Finding, Note, Recognised } from '../../device-files/notes.ts'
import type { Unreadable } from '../../device-files/unreadable.ts'
import type { Reason } from '../../importer/reasons.ts'

/** The product that devices are imported into. */
export interface Target {
  readonly productKey: string
  readonly productName: string
  /** Only where the product's instance has an ID. */
  readonly instanceId?: string
}

/** How a file is to be read; what is not said is recognised. */
export interface Reading {
  readonly encoding?: Encoding
  /** One character, or `whitespace`. */
  readonly delimiter?: string
  readonly header?: boolean
  /** Lines at the beginning that are left out. */
  readonly skipLines?: number
  /** The names of sheets of an XLSX file. */
  readonly sheets?: readonly string[]
  /** Where the rows of a JSON document are: names with dots between them. */
  readonly rows?: string
  /** What is taken as it stands in the file. */
  readonly allow?: readonly Allowance[]
  readonly map: ChosenColumns
}

/** The beginning of a file as it was read. */
export interface Preview extends Recognised {
  /** True if its last columns are those that a report adds. */
  readonly isReport: boolean
  readonly columns: readonly string[]
  readonly places: Places
  /** True if the columns may be the cells of a device, and are shown only when secrets are. */
  readonly mayBeDevice: boolean
  readonly notes: readonly Note[]
  /** Found in those rows. */
  readonly findings: readonly Finding[]
  readonly rows: readonly ListedRow[]
  /** True if Excel needs a byte order mark to read such a text. */
  readonly hasBom: boolean
  /** True if rows follow those. */
  readonly hasMore: boolean
}

/** A row with what is wrong with it. */
export interface ListedRow {
  readonly line: number
  /** Where several sheets are read. */
  readonly sheet?: string
  readonly cells: readonly string[]
  /** None for a good row. */
  readonly reasons: readonly Reason[]
}

/** How far a pass over the file is. */
export interface Progress {
  readonly rows: number
  readonly bad: number
  /** Of the whole, from 0 to 1. */
  readonly share: number
  readonly perSecond: number
  /** Undefined while nobody can tell. */
  readonly secondsLeft?: number
}

/** How the rows of a file came out; good, existing and bad make up all of them. */
export interface Counts {
  readonly rows: number
  readonly good: number
  /** Rows of which nothing is wrong but that such a device is registered. */
  readonly existing: number
  /** The other bad ones. */
  readonly bad: number
  /** How many rows each code was told of; a row may have several. */
  readonly codes: Readonly<Record<string, number>>
}

/** What became of an import that ended. */
export interface Summary {
  /** Rows of the file. */
  readonly rows: number
  readonly imported: number
  /** How many rows were left out for each code; a row counts once for each of its codes. */
  readonly codes: Readonly<Record<string, number>>
  readonly leftOut: number
  /** Of the calls that imported, in the order of the file. */
  readonly applyIds: readonly string[]
  /** The minimum number of successful import calls whose answers, and ApplyIds, were lost. */
  readonly lostAnswers: number
  /** Of the import itself, in all its runs. */
  readonly milliseconds: number
}

/** An import that this browser keeps because it has not ended. */
export interface UnfinishedImport {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly target: Target
  readonly fileName: string
  /** When it was begun, milliseconds since 1970. */
  readonly begun: number
  /** Rows of the file. */
  readonly rows: number
  /** Rows in chunks that are done. */
  readonly done: number
}

/** An error as it goes from the worker to the page: classes don't survive the way. */
export type ImportError =
  | {
      readonly kind: 'refused'
      readonly action: string
      readonly status: number
      /** Code, ErrorMessage, Message and RequestId of what was answered. */
      readonly answer: Readonly<Record<string, unknown>> | undefined
    }
  | { readonly kind: 'unreachable'; readonly message: string; readonly maybeDone: boolean }
  | { readonly kind: 'unreadable'; readonly why: Unreadable }
  /** The file is no longer what was chosen, or no file at all. */
  | { readonly kind: 'noFile'; readonly message: string }
  /** Another tab has gone on with the import, or it was discarded. */
  | { readonly kind: 'takenOver' }
  /** The worker could not be started, or broke down. */
  | { readonly kind: 'noWorker'; readonly message: string }
  | { readonly kind: 'other'; readonly message: string }

/** Which bad rows are listed. */
export interface Filter {
  /** A code that they must have; undefined for any. */
  readonly code?: string
  /** What must stand in one of their cells, without regard to case; '' for anything. */
  readonly text: string
}

/** Whose import it is: it is taken up again only by a key of the same account. */
export interface Account {
  readonly id: string
  readonly name: string
}

/**
 * What the page asks of its worker. What has a turn replaces what was under way before, and what is told with an older
 * turn is of no interest any more.
 */
export type ToWorker =
  | {
      readonly type: 'read'
      readonly turn: number
      readonly file: Blob
      readonly name: string
      readonly reading: Reading
    }
  | { readonly type: 'verify'; readonly turn: number; readonly target: Target; readonly accessKey: AccessKey }
  /** Imports the good rows of what was verified. */
  | { readonly type: 'import'; readonly turn: number; readonly account: Account }
  /** Goes on with an import that is kept. */
  | {
      readonly type: 'resume'
      readonly turn: number
      readonly id: string
      readonly accountId: string
      readonly accessKey: AccessKey
    }
  /** Ends a verification; of an import, what has not been sent yet. */
  | { readonly type: 'stop' }
  | { readonly type: 'filter'; readonly filter: Filter }
  | { readonly type: 'rows'; readonly ask: number; readonly from: number; readonly count: number }
  /** The bad rows as a file. */
  | { readonly type: 'report'; readonly ask: number }
  | { readonly type: 'list'; readonly accountId: string }
  | { readonly type: 'discard'; readonly id: string; readonly accountId: string }

/** What the worker tells the page. */
export type FromWorker =
  | { readonly type: 'preview'; readonly turn: number; readonly preview: Preview }
  | { readonly type: 'progress'; readonly turn: number; readonly progress: Progress }
  | { readonly type: 'connection'; readonly isLost: boolean }
  /** True if call after call is refused because of the quota. */
  | { readonly type: 'quota'; readonly isHeld: boolean }
  /** The answer of a call that imports was lost: the import looks up which of its devices are registered. */
  | { readonly type: 'reconciling' }
  | {
      readonly type: 'verified'
      readonly turn: number
      readonly counts: Counts
      /** Found in all of the file. */
      readonly findings: readonly Finding[]
      readonly milliseconds: number
    }
  /** The import is on the disk, and begins. */
  | { readonly type: 'begun'; readonly turn: number; readonly id: string; readonly isSaved: boolean }
  /** An import that was kept is taken up: what it is of and into. */
  | {
      readonly type: 'taken'
      readonly turn: number
      readonly kept: UnfinishedImport
      readonly preview: Preview
      readonly size: number
    }
  /** Another tab is at it. */
  | { readonly type: 'busy'; readonly turn: number; readonly id: string }
  | { readonly type: 'imported'; readonly turn: number; readonly summary: Summary }
  /** What the turn was about has ended before its end: by itself, or because it was stopped. */
  | { readonly type: 'ended'; readonly turn: number; readonly importError?: ImportError }
  /** How many bad rows the filter lets through; with another version those at their places are others. */
  | { readonly type: 'listing'; readonly listing: Listing }
  | { readonly type: 'rows'; readonly ask: number; readonly rows: readonly ListedRow[] }
  | { readonly type: 'report'; readonly ask: number; readonly file: Blob; readonly name: string }
  | { readonly type: 'list'; readonly kept: readonly UnfinishedImport[] }

export interface Listing {
  readonly count: number
  readonly version: number
  /** All bad rows, whatever the filter. */
  readonly all: number
  /** How many of all each code was told of. */
  readonly codes: Readonly<Record<string, number>>
}
