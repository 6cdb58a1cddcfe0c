import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { ImportJobStore } from '../storage.ts'
import { subject } from './subject.ts'

const listed = `SELECT j.*, p.product_key, p.name AS product_name,
  (SELECT count(*) FROM import_job_batch i JOIN batch b ON b.id = i.apply_id WHERE i.account = j.account AND i.job = j.id) AS batches,
  (SELECT coalesce(sum(b.size), 0) FROM import_job_batch i JOIN batch b ON b.id = i.apply_id WHERE i.account = j.account AND i.job = j.id) AS devices
  FROM import_job j JOIN product p ON p.id = j.product`

export const importJobs = subject<ImportJobStore, 'find' | 'page' | 'batches'>(
  ({ one, all }) => ({
    find: (account, id) =>
      rows.maybe(one(`${listed} WHERE j.id = ? AND j.account = ?`, id, account), rows.listedImportJob),
    page: (instance, product, below, limit) =>
      all(
        `${listed} WHERE p.instance = ?1 AND (?2 IS NULL OR p.id = ?2)
           AND (?3 IS NULL OR (j.created_at, j.id) < (?3, ?4))
         ORDER BY j.created_at DESC, j.id DESC LIMIT ?5`,
        instance,
        product ?? null,
        below?.createdAt ?? null,
        below?.id ?? null,
        limit,
      ).map(rows.listedImportJob),
    batches: ({ account, id }, after, limit) =>
      all(
        `SELECT b.* FROM import_job_batch i JOIN batch b ON b.id = i.apply_id
         WHERE i.account = ? AND i.job = ? AND i.apply_id > ? ORDER BY i.apply_id LIMIT ?`,
        account,
        id,
        after,
        limit,
      ).map(rows.batch),
  }),
  ({ one, run, insert, transaction, unflushed }) => ({
    insert: (job) =>
      transaction(() => {
        const found = one('SELECT 1 FROM import_job WHERE account = ? AND id = ?', job.account, job.id)
        if (found !== undefined) return false
        insert(schema.importJob, job)
        return true
      }),
    update: ({ account, id }, change) =>
      transaction(() => {
        run(
          `UPDATE import_job SET state = coalesce(?, state), accepted = coalesce(?, accepted),
             rejected = coalesce(?, rejected), skipped = coalesce(?, skipped), reasons = coalesce(?, reasons),
             attributes_until = coalesce(?, attributes_until), updated_at = ? WHERE account = ? AND id = ?`,
          change.state ?? null,
          change.accepted ?? null,
          change.rejected ?? null,
          change.skipped ?? null,
          change.reasons ?? null,
          change.attributesUntil ?? null,
          change.updatedAt,
          account,
          id,
        )
      }),
    // The batch is written behind it in the same log: a power cut that loses this has lost the batch too.
    addBatch: ({ account, id }, applyId) =>
      unflushed(() => {
        run('INSERT INTO import_job_batch (account, job, apply_id) VALUES (?, ?, ?)', account, id, applyId)
      }),
  }),
)
