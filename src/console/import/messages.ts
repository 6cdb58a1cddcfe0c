import type { AccessKey } from '../../client/sign.ts'
import type { ChosenColumns, Places } from '../../device-files/columns.ts'
import type { Allowance } from '../../device-files/faults.ts'
import type { FieldName } from '../../device-files/fields.ts'
import type { Encoding } from '../../device-files/formats.ts'
import type { Finding, Note, Recognised } from '../../device-files/notes.ts'
import type { Attributes, Reshape } from '../../device-files/reshape/reshape.ts'
import type { Unreadable } from '../../device-files/unreadable.ts'
import type { FixOffer } from '../../importer/fix-offers.ts'
import type { Reason } from '../../importer/reasons.ts'

/** The product that devices are imported into. */
export interface Target {
  readonly productKey: string
  readonly productName: string
  /** Only if the product's instance has an ID. */
  readonly instanceId?: string
}

/** Options for reading a file; undefined ones are detected. */
export interface Reading {
  readonly encoding?: Encoding
  /** One character, or `whitespace`. */
  readonly delimiter?: string
  readonly header?: boolean
  /** Number of lines to skip at the beginning. */
  readonly skipLines?: number
  /** The names of sheets of an XLSX file. */
  readonly sheets?: readonly string[]
  /** Dotted path of the rows in a JSON document. */
  readonly rows?: string
  /** Faults that are allowed. */
  readonly allow?: readonly Allowance[]
  readonly map: ChosenColumns
  /** How the rows become devices, beyond the columns of the fields. */
  readonly reshape?: Reshape
  /** Random; generated secrets are made of it, so that a resumed import has the same ones. It never leaves the browser. */
  readonly secretSeed?: string
}

/** The beginning of a file as read. */
export interface Preview extends Recognised {
  /** True if its last columns are those that a report adds. */
  readonly isReport: boolean
  readonly columns: readonly string[]
  readonly places: Places
  /** True if the columns may be the cells of a device, and are shown only when secrets are. */
  readonly mayBeDevice: boolean
  readonly notes: readonly Note[]
  /** Fields that every device has and that nothing is read or made for. */
  readonly lacks: readonly FieldName[]
  /** Describes what the shown rows become, in a file that is reshaped. */
  readonly becomes?: readonly Becoming[]
  /** Findings in those rows. */
  readonly findings: readonly Finding[]
  readonly rows: readonly ListedRow[]
  /** True if Excel needs a byte order mark to read such a text. */
  readonly hasBom: boolean
  /** True if more rows follow. */
  readonly hasMore: boolean
}

/** A device as it would be registered, without its secret. */
export interface Becoming extends Attributes {
  readonly line: number
  readonly name: string
  /** Describes what stands in the file for the name. */
  readonly nameBefore: string
  readonly sn: string
}

/** A row with its faults. */
export interface ListedRow {
  readonly line: number
  /** If several sheets are read. */
  readonly sheet?: string
  readonly cells: readonly string[]
  /** Empty for a good row. */
  readonly reasons: readonly Reason[]
}

/** The progress of a pass over the file. */
export interface Progress {
  readonly rows: number
  readonly bad: number
  /** The completed share of the whole file, from 0 to 1. */
  readonly share: number
  readonly perSecond: number
  /** Undefined while unknown. */
  readonly secondsLeft?: number
}

/** Counts of a file's rows: each is good, existing or bad. */
export interface Counts {
  readonly rows: number
  readonly good: number
  /** Rows whose only fault is that the device is registered. */
  readonly existing: number
  /** All other bad rows. */
  readonly bad: number
  /** Number of rows by code; a row may have several. */
  readonly codes: Readonly<Record<string, number>>
}

/** The result of a finished import. */
export interface Summary {
  /** Rows of the file. */
  readonly rows: number
  readonly imported: number
  /** How many rows were left out for each code; a row counts once for each of its codes. */
  readonly codes: Readonly<Record<string, number>>
  readonly leftOut: number
  /** The ApplyIds of the import calls, in file order. */
  readonly applyIds: readonly string[]
  /** The minimum number of successful import calls whose answers, and ApplyIds, were lost. */
  readonly lostAnswers: number
  /** Duration of the import, in all its runs. */
  readonly milliseconds: number
  /** The import job, if the endpoint has jobs. */
  readonly jobId?: string
  /** Nicknames and devices with tags that were set, and how many the server did not take. */
  readonly attributes?: { readonly nicknames: number; readonly tagged: number; readonly failed: number }
}

/** Describes what is kept of the last import of a tab. */
export interface LastResult extends Pick<Summary, 'imported' | 'leftOut'> {
  readonly target: Target
  readonly fileName: string
  readonly jobId?: string | undefined
}

/** An unfinished import stored in this browser. */
export interface UnfinishedImport {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly target: Target
  readonly fileName: string
  /** Start of the import, milliseconds since 1970. */
  readonly begun: number
  /** Rows of the file. */
  readonly rows: number
  /** Rows in chunks that are done. */
  readonly done: number
}

/** An error as plain data, because classes can't be sent from the worker to the page. */
export type ImportError =
  | {
      readonly kind: 'refused'
      readonly action: string
      readonly status: number
      /** Code, ErrorMessage, Message and RequestId of the answer. */
      readonly answer: Readonly<Record<string, unknown>> | undefined
    }
  | { readonly kind: 'unreachable'; readonly message: string; readonly maybeDone: boolean }
  | { readonly kind: 'unreadable'; readonly why: Unreadable }
  /** The file was changed or removed, or is not a file. */
  | { readonly kind: 'noFile'; readonly message: string }
  /** Another tab has resumed the import, or it was discarded. */
  | { readonly kind: 'takenOver' }
  /** The worker did not start, or crashed. */
  | { readonly kind: 'noWorker'; readonly message: string }
  | { readonly kind: 'other'; readonly message: string }

/** Which bad rows are listed. */
export interface Filter {
  /** A required code; undefined for any. */
  readonly code?: string
  /** A text that one of their cells must contain, ignoring case; '' for any. */
  readonly text: string
}

/** The owner of an import; only a key of the same account can resume it. */
export interface Account {
  readonly id: string
  readonly name: string
}

/**
 * Messages from the page to its worker. A message with a turn replaces the current work; replies with an older
 * turn are ignored.
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
  /** Imports the good rows of a verified file. */
  | { readonly type: 'import'; readonly turn: number; readonly account: Account }
  /** Resumes a stored import. */
  | {
      readonly type: 'resume'
      readonly turn: number
      readonly id: string
      readonly accountId: string
      readonly accessKey: AccessKey
    }
  /** Stops a verification, or the unsent part of an import. */
  | { readonly type: 'stop' }
  | { readonly type: 'filter'; readonly filter: Filter }
  | { readonly type: 'rows'; readonly ask: number; readonly from: number; readonly count: number }
  /** The bad rows as a file. */
  | { readonly type: 'report'; readonly ask: number }
  /** The generated secrets as a file. */
  | { readonly type: 'secrets'; readonly ask: number }
  | { readonly type: 'list'; readonly accountId: string }
  | { readonly type: 'discard'; readonly id: string; readonly accountId: string }

/** Messages from the worker to the page. */
export type FromWorker =
  | { readonly type: 'preview'; readonly turn: number; readonly preview: Preview }
  | { readonly type: 'progress'; readonly turn: number; readonly progress: Progress }
  | { readonly type: 'connection'; readonly isLost: boolean }
  /** True if calls are refused repeatedly because of the quota. */
  | { readonly type: 'quota'; readonly isHeld: boolean }
  /** The answer of an import call was lost: the import looks up which of its devices are registered. */
  | { readonly type: 'reconciling' }
  | {
      readonly type: 'verified'
      readonly turn: number
      readonly counts: Counts
      /** Findings in the whole file. */
      readonly findings: readonly Finding[]
      readonly offers: readonly FixOffer[]
      readonly milliseconds: number
    }
  /** The import is stored on disk and starts. */
  | { readonly type: 'begun'; readonly turn: number; readonly id: string; readonly isSaved: boolean }
  /** A stored import is resumed: its file and product. */
  | {
      readonly type: 'taken'
      readonly turn: number
      readonly kept: UnfinishedImport
      readonly preview: Preview
      readonly size: number
    }
  /** Another tab is running it. */
  | { readonly type: 'busy'; readonly turn: number; readonly id: string }
  | { readonly type: 'imported'; readonly turn: number; readonly summary: Summary }
  /** The turn's work ended early, by itself or because it was stopped. */
  | { readonly type: 'ended'; readonly turn: number; readonly importError?: ImportError }
  /**
   * Number of bad rows that pass the filter; a new version means that the rows at given indexes have changed.
   */
  | { readonly type: 'listing'; readonly listing: Listing }
  | { readonly type: 'rows'; readonly ask: number; readonly rows: readonly ListedRow[] }
  | { readonly type: 'report'; readonly ask: number; readonly file: Blob; readonly name: string }
  | { readonly type: 'secrets'; readonly ask: number; readonly file: Blob; readonly name: string }
  | { readonly type: 'list'; readonly kept: readonly UnfinishedImport[] }

export interface Listing {
  readonly count: number
  readonly version: number
  /** Number of rows that a fix or the person has changed. */
  readonly changed: number
  /** Number of all bad rows, regardless of the filter. */
  readonly all: number
  /** Number of rows by code. */
  readonly codes: Readonly<Record<string, number>>
}
