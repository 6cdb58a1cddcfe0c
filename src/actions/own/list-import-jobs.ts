import { list, optional, struct, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { action } from '../shared/declare.ts'
import { jobAnswer, jobValue } from '../shared/import-job.ts'
import { nextToken, pagingByToken } from '../shared/paging.ts'
import { instanceOf, iotInstanceId, productOf } from '../shared/product.ts'

/** Lists imports of whole files. */
export const listImportJobs = action({
  name: 'ListImportJobs',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Lists the import jobs of an instance in pages, newest first.',
    zh: '分页查询实例下的导入任务，最新的在前。',
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: optional(text({ en: 'Only the jobs of this product.', zh: '只查询该产品的任务。' })),
    ...pagingByToken({ en: 'Jobs', zh: '任务' }),
  },

  answer: { Data: struct({ Job: list(jobAnswer), NextToken: nextToken }) },

  failures: { 'iot.prod.NotExistedProduct': 200, 'iot.device.PageTokenIsIllegal': 200 },

  async run({ ProductKey, MaxResults, NextToken }, call) {
    const instance = instanceOf(call)
    const product = ProductKey === undefined ? undefined : productOf(call)
    const page = await call.registry.importJobs.page(instance, product, NextToken, MaxResults)
    if (page === undefined)
      return call.fail(
        'iot.device.PageTokenIsIllegal',
        `${displayed(NextToken!)} was not answered for this list.`,
      )
    return { Data: { Job: page.jobs.map(jobValue), NextToken: page.next } }
  },
})
