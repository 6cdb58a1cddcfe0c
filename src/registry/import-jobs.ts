import type { Clock } from '../lib/clock.ts'
import type {
  BatchRow,
  ImportJobChange,
  ImportJobPlace,
  ImportJobRow,
  ListedImportJob,
  Storage,
} from '../storage/storage.ts'
import type { Batches, Undone } from './batches.ts'
import type { Instance } from './instances.ts'
import { pageToken, placeOf } from './page-token.ts'
import type { Product } from './products.ts'

export type { ListedImportJob }

/** Describes what a client says of a job as it begins. */
export interface NewImportJob {
  readonly id: string
  readonly fileName: string
  readonly accessKey: string
  readonly ramUser: string | undefined
}

/** A part of an undo, with the token of what is still to be undone. */
export interface UndonePart extends Undone {
  readonly batches: number
  readonly next: string | undefined
}

/** Imports of whole files. */
export interface ImportJobs {
  /** Begins a job, or finds the one that a repeated call began. Undefined if the ID is that of another product's job. */
  create(product: Product, job: NewImportJob): Promise<ListedImportJob | undefined>
  find(account: number, id: string): Promise<ListedImportJob | undefined>
  /** A page, the newest first; undefined if the token is not the list's. */
  page(
    instance: Instance,
    product: Product | undefined,
    token: string | undefined,
    limit: number,
  ): Promise<{ readonly jobs: ListedImportJob[]; readonly next: string | undefined } | undefined>
  update(
    job: ImportJobRow,
    change: Omit<ImportJobChange, 'updatedAt' | 'attributesUntil'>,
    setsAttributes: boolean,
  ): Promise<void>
  /** All batches of a job that were imported. */
  batches(job: ImportJobRow): Promise<BatchRow[]>
  /** How many of its devices still exist. */
  remaining(job: ImportJobRow): Promise<number>
  /**
   * Undoes the next batches of a job, or says what that would do. The last part ends the job.
   * @returns undefined if the token is not the job's
   */
  undo(job: ImportJobRow, token: string | undefined, dryRun: boolean): Promise<UndonePart | undefined>
}

/** Batches that a call undoes: each takes up to half a second. */
const batchesAtOnce = 4
/** More than a job has. */
const allBatches = 1_000_000

export function importJobs(
  { importJobs: store, devices }: Storage,
  batches: Batches,
  key: Buffer,
  clock: Clock,
): ImportJobs {
  return {
    async create({ account, id: product }, { id, ...job }) {
      const now = clock.now()
      await store.insert({
        ...{ id, account, product, ...job, state: 'Running', accepted: 0, rejected: 0, skipped: 0 },
        ...{ reasons: '{}', createdAt: now, updatedAt: now, attributesUntil: undefined },
      })
      const found = await store.find(account, id)
      return found?.product === product ? found : undefined
    },
    find: (account, id) => store.find(account, id),
    async page(instance, product, token, limit) {
      const list = ['import jobs', instance.id, product?.id]
      const place = token === undefined ? '' : placeOf(key, list, token)
      if (place === undefined) return undefined
      const below = place === '' ? undefined : readPlace(place)
      const rows = await store.page(instance.id, product?.id, below, limit + 1)
      const jobs = rows.slice(0, limit)
      const last = jobs.at(-1)
      const next = rows.length > limit && last ? pageToken(key, list, writePlace(last)) : undefined
      return { jobs, next }
    },
    update(job, change, setsAttributes) {
      const updatedAt = clock.now()
      return store.update(job, {
        ...change,
        updatedAt,
        ...(setsAttributes && { attributesUntil: updatedAt }),
      })
    },
    batches: (job) => store.batches(job, 0, allBatches),
    async remaining(job) {
      let count = 0
      for (const batch of await store.batches(job, 0, allBatches)) count += await devices.countOfBatch(batch)
      return count
    },
    async undo(job, token, dryRun) {
      const list = ['undo of an import job', job.account, job.id]
      const after = token === undefined ? '0' : placeOf(key, list, token)
      if (after === undefined) return undefined
      const found = await store.batches(job, Number(after), batchesAtOnce + 1)
      const part = found.slice(0, batchesAtOnce)
      let deleted = 0
      let kept = 0
      for (const batch of part) {
        const undone = await (dryRun ? batches.wouldUndo : batches.undo)(batch, job.attributesUntil)
        deleted += undone.deleted
        kept += undone.kept
      }
      const hasMore = found.length > batchesAtOnce
      if (!hasMore && !dryRun) await store.update(job, { state: 'Undone', updatedAt: clock.now() })
      const next = hasMore ? pageToken(key, list, String(part.at(-1)!.id)) : undefined
      return { deleted, kept, batches: part.length, next }
    },
  }
}

const writePlace = ({ createdAt, id }: ImportJobPlace) => `${createdAt} ${id}`

function readPlace(text: string): ImportJobPlace {
  const at = text.indexOf(' ')
  return { createdAt: Number(text.slice(0, at)), id: text.slice(at + 1) }
}
