import type { Row } from './rows.ts'
import type { ListedImportJob } from './storage.ts'

export const listedImportJob = (row: Row): ListedImportJob => ({
  id: row.id,
  account: row.account,
  product: row.product,
  fileName: row.file_name,
  accessKey: row.access_key,
  ramUser: row.ram_user ?? undefined,
  state: row.state,
  accepted: row.accepted,
  rejected: row.rejected,
  skipped: row.skipped,
  reasons: row.reasons,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  attributesUntil: row.attributes_until ?? undefined,
  productKey: row.product_key,
  productName: row.product_name,
  batches: Number(row.batches),
  devices: Number(row.devices),
})
