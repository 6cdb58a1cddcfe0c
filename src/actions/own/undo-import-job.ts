import { bool, int, optional, struct, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { action } from '../shared/declare.ts'
import { jobId, jobOf } from '../shared/import-job.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Takes the devices of an import off the roll again, some batches with each call. */
export const undoImportJob = action({
  name: 'UndoImportJob',
  family: 'own',
  effect: 'destroy',
  summary: {
    en: 'Deletes the devices that an import job registered, except those that were changed since. A call undoes some batches and returns a NextToken, with which the client calls again until there is none. An undo that was interrupted can be begun anew at any time.',
    zh: '删除导入任务注册的设备，之后修改过的设备除外。每次调用撤销若干批次并返回 NextToken，客户端据此继续调用，直到不再返回。中断后可随时重新开始。',
  },
  version: '2026-11-01',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: iotInstanceId,
    JobId: jobId,
    DryRun: optional(
      bool(
        {
          en: 'True reports what would be deleted and deletes nothing.',
          zh: 'true 表示只返回将执行的内容，不实际执行。',
        },
        { default: false },
      ),
    ),
    NextToken: optional(
      text({ en: 'The NextToken of the previous call.', zh: '上一次调用返回的 NextToken。' }),
    ),
  },

  answer: {
    Data: struct({
      DeletedCount: int({}, 'How many devices of these batches were deleted, or would be.'),
      KeptCount: int({}, 'How many were kept, because they were changed after the import.'),
      BatchCount: int({}, 'How many batches this call was about.'),
      NextToken: optional(text('With which the next batches are undone; left out after the last.')),
    }),
  },

  failures: { 'iot.import.NotExistedJob': 200, 'iot.device.PageTokenIsIllegal': 200 },

  async run({ JobId, DryRun = false, NextToken }, call) {
    const job = await jobOf(call, JobId)
    const part = await call.registry.importJobs.undo(job, NextToken, DryRun)
    if (part === undefined)
      return call.fail(
        'iot.device.PageTokenIsIllegal',
        `${displayed(NextToken!)} was not answered for this job.`,
      )
    const { deleted, kept, batches, next } = part
    return { Data: { DeletedCount: deleted, KeptCount: kept, BatchCount: batches, NextToken: next } }
  },
})
