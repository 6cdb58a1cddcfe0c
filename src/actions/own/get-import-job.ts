import { int, list, struct } from '../../api/shape.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'
import { jobId, jobMembers, jobOf, jobValue } from '../shared/import-job.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Shows an import of a whole file with its batches. */
export const getImportJob = action({
  name: 'GetImportJob',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Returns an import job with its batches, and how many of its devices still exist.',
    zh: '查询导入任务及其批次，以及现存的设备数。',
  },
  version: '2026-11-01',
  quota: { perSecond: 20 },

  parameters: { IotInstanceId: iotInstanceId, JobId: jobId },

  answer: {
    Data: struct({
      ...jobMembers,
      RemainingCount: int({}, 'How many of the devices that it registered still exist.'),
      Batch: list(
        struct({ ApplyId: int(), DeviceCount: int(), GmtCreate: milliseconds('When it was registered') }),
      ),
    }),
  },

  failures: { 'iot.import.NotExistedJob': 200 },

  async run({ JobId }, call) {
    const job = await jobOf(call, JobId)
    const { importJobs } = call.registry
    const batches = await importJobs.batches(job)
    return {
      Data: {
        ...jobValue(job),
        RemainingCount: await importJobs.remaining(job),
        Batch: batches.map(({ id, size, createdAt }) => ({
          ApplyId: id,
          DeviceCount: size,
          GmtCreate: createdAt,
        })),
      },
    }
  },
})
