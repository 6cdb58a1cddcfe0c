import { struct, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

const idFormat = /^[A-Za-z0-9-]{8,64}$/
const fileNameMax = 255

/** Begins an import job: a record of the import of a whole file. */
export const createImportJob = action({
  name: 'CreateImportJob',
  family: 'own',
  effect: 'write',
  summary: {
    en: 'Begins an import job, the record of the import of a file: BatchImportDevice calls with its ImportJobId are its batches. The client chooses the ID, so it can repeat the call. A job holds no name and no secret of a device.',
    zh: '创建导入任务，记录一次文件导入：调用 BatchImportDevice 时传入 ImportJobId，该批次即归属此任务。任务 ID 由客户端生成，因此可重复调用。任务中不保存设备名称和密钥。',
  },
  version: '2026-11-01',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    JobId: text({
      en: 'The ID of the new job: 8 to 64 letters, digits and -, generated at random.',
      zh: '新任务的 ID：随机生成的 8～64 个字母、数字或 -。',
    }),
    FileName: text({
      en: `The name of the file, at most ${fileNameMax} characters.`,
      zh: `文件名，最多 ${fileNameMax} 个字符。`,
    }),
  },

  answer: { Data: struct({ JobId: text() }) },

  failures: { 'iot.prod.NotExistedProduct': 200, 'iot.common.InvalidFormattedParameter': 200 },

  async run({ JobId, FileName }, call) {
    if (!idFormat.test(JobId))
      call.fail('iot.common.InvalidFormattedParameter', 'JobId must be 8 to 64 letters, digits and -.')
    if (FileName.length > fileNameMax)
      call.fail(
        'iot.common.InvalidFormattedParameter',
        `FileName must have at most ${fileNameMax} characters.`,
      )
    const product = productOf(call)
    const { accessKeyId, ramUser } = call.caller
    const job = await call.registry.importJobs.create(product, {
      id: JobId,
      fileName: FileName,
      accessKey: accessKeyId,
      ramUser: ramUser?.name,
    })
    if (job === undefined)
      return call.fail('iot.common.InvalidFormattedParameter', 'JobId is in use; choose another.')
    return { Data: { JobId: job.id } }
  },
})
