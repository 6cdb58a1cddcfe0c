import { bool, int, optional, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { jobId, jobOf } from '../shared/import-job.ts'
import { iotInstanceId } from '../shared/product.ts'

const count = (en: string, zh: string) => optional(int({ min: 0 }, { en, zh }))
const reasonsMax = 2000

/** Reports how far an import is. */
export const updateImportJob = action({
  name: 'UpdateImportJob',
  family: 'own',
  effect: 'write',
  summary: {
    en: 'Reports the counts of an import job, or its end. The server itself counts the devices that its batches register.',
    zh: '上报导入任务的计数或结束状态。各批次注册的设备数由服务器统计。',
  },
  version: '2026-11-01',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: iotInstanceId,
    JobId: jobId,
    State: optional(
      text(
        { en: 'The state of the import.', zh: '导入状态。' },
        { values: ['Running', 'Finished'], failure: 'iot.common.InvalidFormattedParameter' },
      ),
    ),
    AcceptedCount: count('Rows that were imported.', '已导入的行数。'),
    RejectedCount: count('Rows that are bad.', '不合格的行数。'),
    SkippedCount: count('Rows that were skipped.', '跳过的行数。'),
    Reasons: optional(
      text({
        en: `How many rows each code was reported of, as a JSON object of at most ${reasonsMax} characters.`,
        zh: `各原因代码的行数，JSON 对象，最多 ${reasonsMax} 个字符。`,
      }),
    ),
    SetsAttributes: optional(
      bool(
        {
          en: 'True if the import has set nicknames or tags up to now: these changes do not keep a device when the job is undone.',
          zh: 'true 表示导入已设置备注名称或标签；撤销任务时，这些修改不会使设备被保留。',
        },
        { default: false },
      ),
    ),
  },

  answer: {},

  failures: { 'iot.import.NotExistedJob': 200, 'iot.common.InvalidFormattedParameter': 200 },

  async run({ JobId, State, SetsAttributes = false, Reasons, ...counts }, call) {
    if (Reasons !== undefined && !areReasons(Reasons))
      call.fail('iot.common.InvalidFormattedParameter', 'Reasons must be a JSON object of codes and counts.')
    const job = await jobOf(call, JobId)
    const change = {
      state: job.state === 'Undone' ? undefined : (State as 'Running' | 'Finished' | undefined),
      accepted: counts.AcceptedCount,
      rejected: counts.RejectedCount,
      skipped: counts.SkippedCount,
      reasons: Reasons,
    }
    await call.registry.importJobs.update(job, change, SetsAttributes)
    return {}
  },
})

/** Codes and counts and nothing else: no value of a row is kept. */
function areReasons(text: string): boolean {
  if (text.length > reasonsMax) return false
  try {
    const read: unknown = JSON.parse(text)
    return (
      typeof read === 'object' &&
      read !== null &&
      Object.entries(read).every(([code, count]) => /^[A-Za-z]{1,64}$/.test(code) && Number.isInteger(count))
    )
  } catch {
    return false
  }
}
