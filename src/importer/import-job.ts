import type { Client } from '../client/client.ts'
import type { Pace } from '../client/pace.ts'
import type { Hashes } from '../client/sign.ts'
import type { RowSource, Rows } from '../device-files/rows.ts'
import type { ImportJournal } from './journal.ts'
import type { Tally } from './tally.ts'
import type { BadRows, Target } from './target.ts'

/** How to treat devices that are already registered: reject or skip. */
export type Mode = 'create' | 'skip-existing'

/** An import, from verification to completion. Each door adds its own parts: a path, or a stored file. */
export interface ImportJob {
  readonly target: Target
  readonly mode: Mode
  readonly journal: ImportJournal
  /** Stops the import between two calls; the calls under way are finished. */
  readonly signal: AbortSignal
}

/** The input of one pass over the file, besides the job. */
interface Pass {
  readonly chunks: RowSource['chunks']
  readonly pace: Pace
  /** Random seed of the names' hashes, below 2^31. */
  readonly seed: number
  readonly sha256: Hashes['sha256']
}

/** A pass that verifies. A check has no journal, and an offline check has no client. */
export interface VerifyPass extends Pass, Pick<ImportJob, 'mode' | 'signal'> {
  /** Undefined to validate only the file itself. */
  readonly endpoint?: { readonly client: Client; readonly target: Target } | undefined
  /** Records the rows that the endpoint rejects, so that the import does not send them. */
  readonly journal?: ImportJournal | undefined
  readonly report: (event: ChunkDone) => void
}

/** A pass that imports. */
export interface ImportPass extends Pass, ImportJob {
  readonly client: Client
  /** The import job of the batches, if the endpoint has jobs. */
  readonly importJobId?: string | undefined
  readonly report: (event: ImportEvent) => void
}

/** Emitted for each chunk in file order, once it is verified or imported as far as possible. */
export interface ChunkDone {
  readonly type: 'chunkDone'
  readonly rows: Rows
  readonly bad: BadRows
  /** Rows whose only fault is that the device is registered. In mode `skip-existing` they are not in `bad`. */
  readonly existing: number
  /** Counts of all rows so far. */
  readonly tally: Tally
}

/**
 * Events of an import. `chunk` counts the chunks of the file from 0; a batch is one call of BatchImportDevice
 * with rows of a chunk. A chunk that the endpoint finds too large has several batches.
 */
export type ImportEvent =
  /** A call is about to be sent; the journal records it. */
  | { readonly type: 'batchSent'; readonly chunk: number; readonly rows: number }
  /** The endpoint may or may not have executed the call, because the answer was lost or says so. */
  | { readonly type: 'batchInDoubt'; readonly chunk: number; readonly rows: number; readonly error: unknown }
  /** The import looks up which rows in doubt are registered. */
  | { readonly type: 'reconciling'; readonly chunk: number; readonly rows: number }
  /**
   * Rows are registered; the journal records it. Each row is reported once in all runs of an import. Rows found
   * by lookup have no ApplyId, because it was lost with the answer.
   */
  | {
      readonly type: 'batchDone'
      readonly chunk: number
      readonly rows: number
      readonly applyId: string | undefined
    }
  | ChunkDone
  /** The import has stopped before its end, by its signal or an error. It is the last event. */
  | { readonly type: 'paused'; readonly error: unknown }
