import type { Client } from '../client/client.ts'
import type { Pace } from '../client/pace.ts'
import type { Hashes } from '../client/sign.ts'
import type { RowSource, Rows } from '../device-files/rows.ts'
import type { ImportJournal } from './journal.ts'
import type { Tally } from './tally.ts'
import type { BadRows, Target } from './target.ts'

/** What to do with devices that are registered already: reject them, or skip them. */
export type Mode = 'create' | 'skip-existing'

/** An import, from its verification to its end. Each door adds what only that door has: a path, a stored file. */
export interface ImportJob {
  readonly target: Target
  readonly mode: Mode
  readonly journal: ImportJournal
  /** Stops the import between two calls; the calls under way are finished. */
  readonly signal: AbortSignal
}

/** What one pass over the file works with, besides the job. */
interface Pass {
  readonly chunks: RowSource['chunks']
  readonly pace: Pace
  /** Random, below 2^31: the seed of the names' hashes. */
  readonly seed: number
  readonly sha256: Hashes['sha256']
}

/** A pass that verifies. A check of a file has no journal, and an offline one no client. */
export interface VerifyPass extends Pass, Pick<ImportJob, 'mode' | 'signal'> {
  /** Undefined to judge only the file itself. */
  readonly endpoint?: { readonly client: Client; readonly target: Target } | undefined
  /** Notes the rows that the endpoint rejects, so that the import does not send them. */
  readonly journal?: ImportJournal | undefined
  readonly report: (event: ChunkDone) => void
}

/** A pass that imports. */
export interface ImportPass extends Pass, ImportJob {
  readonly client: Client
  readonly report: (event: ImportEvent) => void
}

/** A chunk has passed: all of it is verified, or imported as far as it can be. Chunks come in the file's order. */
export interface ChunkDone {
  readonly type: 'chunkDone'
  readonly rows: Rows
  readonly bad: BadRows
  /** Rows that have no fault except that such a device is registered. In mode `skip-existing` they are not in `bad`. */
  readonly existing: number
  /** Counts of all rows so far. */
  readonly tally: Tally
}

/**
 * What an import reports. `chunk` counts the chunks of the file from 0; a batch is one call of BatchImportDevice with
 * rows of a chunk, and several batches make up a chunk that the endpoint finds too large.
 */
export type ImportEvent =
  /** A call is about to be sent; the journal says so. */
  | { readonly type: 'batchSent'; readonly chunk: number; readonly rows: number }
  /** The endpoint may have executed the call or not: the answer was lost, or says so. */
  | { readonly type: 'batchInDoubt'; readonly chunk: number; readonly rows: number; readonly error: unknown }
  /** The import looks up which rows in doubt are registered. */
  | { readonly type: 'reconciling'; readonly chunk: number; readonly rows: number }
  /**
   * Rows are registered; the journal says so. Each row is reported once in all runs of an import. Rows that were
   * looked up have no ApplyId, because it was lost with the answer.
   */
  | {
      readonly type: 'batchDone'
      readonly chunk: number
      readonly rows: number
      readonly applyId: string | undefined
    }
  | ChunkDone
  /** The import has stopped before its end: by its signal, or because of an error. It is the last event. */
  | { readonly type: 'paused'; readonly error: unknown }
