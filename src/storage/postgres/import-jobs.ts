import { insertion } from '../mapping.ts'
import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { ImportJobStore } from '../storage.ts'
import type { Connections } from './connections.ts'

const listed = `SELECT j.*, p.product_key, p.name AS product_name, b.batches, b.devices
  FROM import_job j JOIN product p ON p.id = j.product
  CROSS JOIN LATERAL (SELECT count(*) AS batches, coalesce(sum(b.size), 0)::bigint AS devices
    FROM import_job_batch i JOIN batch b ON b.id = i.apply_id WHERE i.account = j.account AND i.job = j.id) b`

/** Import jobs. */
export const importJobStore = ({ one, all, transaction }: Connections): ImportJobStore => ({
  insert: (job) =>
    transaction(async (session) => {
      const { text, values } = insertion(schema.importJob, job, (n) => `$${n}`)
      const sql = `${text} ON CONFLICT (account, id) DO NOTHING RETURNING id`
      return (await session.one(sql, ...values)) !== undefined
    }),
  find: async (account, id) =>
    rows.maybe(await one(`${listed} WHERE j.id = $1 AND j.account = $2`, id, account), rows.listedImportJob),
  page: async (instance, product, below, limit) =>
    (
      await all(
        `${listed} WHERE p.instance = $1 AND ($2::bigint IS NULL OR p.id = $2)
           AND ($3::bigint IS NULL OR (j.created_at, j.id) < ($3, $4::text))
         ORDER BY j.created_at DESC, j.id DESC LIMIT $5`,
        instance,
        product ?? null,
        below?.createdAt ?? null,
        below?.id ?? null,
        limit,
      )
    ).map(rows.listedImportJob),
  update: ({ account, id }, change) =>
    transaction((session) =>
      session.run(
        `UPDATE import_job SET state = coalesce($1, state), accepted = coalesce($2, accepted),
         rejected = coalesce($3, rejected), skipped = coalesce($4, skipped), reasons = coalesce($5, reasons),
         attributes_until = coalesce($6, attributes_until), updated_at = $7 WHERE account = $8 AND id = $9`,
        change.state ?? null,
        change.accepted ?? null,
        change.rejected ?? null,
        change.skipped ?? null,
        change.reasons ?? null,
        change.attributesUntil ?? null,
        change.updatedAt,
        account,
        id,
      ),
    ),
  addBatch: ({ account, id }, applyId) =>
    transaction((session) =>
      session.run(
        'INSERT INTO import_job_batch (account, job, apply_id) VALUES ($1, $2, $3)',
        account,
        id,
        applyId,
      ),
    ),
  batches: async ({ account, id }, after, limit) =>
    (
      await all(
        `SELECT b.* FROM import_job_batch i JOIN batch b ON b.id = i.apply_id
         WHERE i.account = $1 AND i.job = $2 AND i.apply_id > $3 ORDER BY i.apply_id LIMIT $4`,
        account,
        id,
        after,
        limit,
      )
    ).map(rows.batch),
})
