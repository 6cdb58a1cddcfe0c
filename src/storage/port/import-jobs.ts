import type { ImportJobState } from '../schema.ts'
import type { BatchRow } from './batches.ts'

export type { ImportJobState }

/** An import of a whole file as its client reports it. */
export interface ImportJobRow {
  /** Drawn by the client, so that a repeated call begins no second job. */
  readonly id: string
  readonly account: number
  readonly product: number
  readonly fileName: string
  /** The ID of the access key that began it. */
  readonly accessKey: string
  /** The name of the RAM user whose key that was. */
  readonly ramUser: string | undefined
  readonly state: ImportJobState
  readonly accepted: number
  readonly rejected: number
  readonly skipped: number
  /** JSON: how many rows each code was reported of. */
  readonly reasons: string
  readonly createdAt: number
  readonly updatedAt: number
  /** Changes of its devices up to this time are the import's own; undefined if it makes none. */
  readonly attributesUntil: number | undefined
}

/** A job with its product, and what its batches registered. */
export interface ListedImportJob extends ImportJobRow {
  readonly productKey: string
  readonly productName: string
  readonly batches: number
  /** Devices that its batches registered, whether they still exist or not. */
  readonly devices: number
}

/** Describes what changes of a job; undefined leaves a member as it is. */
export interface ImportJobChange {
  readonly state?: ImportJobState | undefined
  readonly accepted?: number | undefined
  readonly rejected?: number | undefined
  readonly skipped?: number | undefined
  readonly reasons?: string | undefined
  readonly attributesUntil?: number | undefined
  readonly updatedAt: number
}

/** Describes where a page ends: the job behind which the next begins. */
export interface ImportJobPlace {
  readonly createdAt: number
  readonly id: string
}

export interface ImportJobStore {
  /** False if there is a job of that ID; nothing is written then. */
  insert(job: ImportJobRow): Promise<boolean>
  find(account: number, id: string): Promise<ListedImportJob | undefined>
  /** Jobs of an instance, or of one product, the newest first. */
  page(
    instance: number,
    product: number | undefined,
    below: ImportJobPlace | undefined,
    limit: number,
  ): Promise<ListedImportJob[]>
  update(id: string, change: ImportJobChange): Promise<void>
  /** Notes that a batch is of a job, before it is imported. */
  addBatch(id: string, applyId: number): Promise<void>
  /** The batches of a job that were imported, after an ApplyId, in the order of their ApplyIds. */
  batches(id: string, after: number, limit: number): Promise<BatchRow[]>
}
