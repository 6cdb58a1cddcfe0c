import { int, optional, struct, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { ListedImportJob } from '../../registry/import-jobs.ts'
import { milliseconds } from './access.ts'
import type { Call } from './declare.ts'
import { instanceOf } from './product.ts'

/** Shared parts of the operations on import jobs. */

export const jobId = text({ en: 'The ID of the import job.', zh: '导入任务 ID。' })

/** The job of a call's account in the instance that the call names, or iot.import.NotExistedJob. */
export async function jobOf(call: Call<'iot.import.NotExistedJob'>, id: string): Promise<ListedImportJob> {
  const instance = instanceOf(call)
  const job = await call.registry.importJobs.find(call.account, id)
  const product = job && (await call.registry.products.findById(instance, job.product))
  if (job === undefined || product === undefined)
    return call.fail('iot.import.NotExistedJob', `The job is ${displayed(id)}.`)
  return job
}

/** The members of a job in answers. */
export const jobMembers = {
  JobId: text(),
  FileName: text(),
  ProductKey: text(),
  ProductName: text(),
  State: text(
    'Running: not reported as finished; it may be paused. Finished: the client has reported the end. Undone: all its batches were undone.',
  ),
  AccessKeyId: text('The key that began it.'),
  UserName: optional(text('The RAM user whose key it is; left out for a key of the account.')),
  DeviceCount: int({}, 'How many devices its batches registered.'),
  BatchCount: int({}),
  AcceptedCount: int({}, 'Rows that the client reported as imported.'),
  RejectedCount: int({}, 'Rows that the client reported as bad.'),
  SkippedCount: int({}, 'Rows that the client reported as skipped.'),
  Reasons: text('How many rows each code was reported of, as a JSON object.'),
  GmtCreate: milliseconds('When it began'),
  GmtModified: milliseconds('When it was reported on last'),
}

export const jobAnswer = struct(jobMembers)

export const jobValue = (job: ListedImportJob) => ({
  JobId: job.id,
  FileName: job.fileName,
  ProductKey: job.productKey,
  ProductName: job.productName,
  State: job.state,
  AccessKeyId: job.accessKey,
  UserName: job.ramUser,
  DeviceCount: job.devices,
  BatchCount: job.batches,
  AcceptedCount: job.accepted,
  RejectedCount: job.rejected,
  SkippedCount: job.skipped,
  Reasons: job.reasons,
  GmtCreate: job.createdAt,
  GmtModified: job.updatedAt,
})
