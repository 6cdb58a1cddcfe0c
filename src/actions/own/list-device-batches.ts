import { bool, int, list, optional, struct, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { batchKinds } from '../../registry/batch-lists.ts'
import { retentionDays } from '../../registry/checked-lists.ts'
import { milliseconds } from '../shared/access.ts'
import { applyId } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { nextToken, pagingByToken } from '../shared/paging.ts'
import { instanceOf, iotInstanceId, productOf } from '../shared/product.ts'

/** Lists what has an ApplyId. */
export const listDeviceBatches = action({
  name: 'ListDeviceBatches',
  family: 'own',
  effect: 'read',
  summary: {
    en: `Lists the device batches of an instance in pages, newest first: imports, registrations, and lists of names that BatchCheckDeviceNames has checked and that are not registered yet (stored for ${retentionDays} days). Devices that clients registered one by one at the same moment share a batch.`,
    zh: `分页查询实例下的设备批次，最新的在前：包括导入、注册，以及 BatchCheckDeviceNames 校验过但尚未注册的名单（保留 ${retentionDays} 天）。同一时刻逐个注册的设备共用一个批次。`,
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: optional(text({ en: 'Only the batches of this product.', zh: '只查询该产品的批次。' })),
    Kind: optional(
      text(
        { en: 'Only batches of this kind.', zh: '只查询此类批次。' },
        { values: batchKinds, failure: 'iot.common.InvalidFormattedParameter' },
      ),
    ),
    ApplyId: optional(
      applyId({
        en: 'Only the batch with this ApplyId. MaxResults and NextToken are ignored then.',
        zh: '只查询该 ApplyId 的批次，此时忽略 MaxResults 和 NextToken。',
      }),
    ),
    ...pagingByToken({ en: 'Batches', zh: '批次' }),
  },

  answer: {
    Data: struct({
      Batch: list(
        struct({
          ApplyId: int(),
          Kind: text(
            'Import: the devices had their own secrets. Register: the server generated them. Check: a checked list.',
            { values: batchKinds },
          ),
          ProductKey: text(),
          ProductName: text(),
          DeviceCount: int({}, 'How many devices it had when it was made, or names that were checked.'),
          GmtCreate: milliseconds('When it was made'),
          Registered: bool('Whether its devices were registered: not those of a checked list.'),
        }),
      ),
      NextToken: nextToken,
    }),
  },

  failures: {
    'iot.prod.NotExistedProduct': 200,
    'iot.device.PageTokenIsIllegal': 200,
    'iot.common.InvalidFormattedParameter': 200,
  },

  async run({ ProductKey, Kind, ApplyId, MaxResults, NextToken }, call) {
    const instance = instanceOf(call)
    const product = ProductKey === undefined ? undefined : productOf(call)
    const { batchLists } = call.registry
    const of = { product, kind: Kind }
    const page =
      ApplyId === undefined
        ? await batchLists.page(instance, { ...of, token: NextToken }, MaxResults)
        : await batchLists.one(instance, of, ApplyId)
    if (page === undefined) {
      return call.fail(
        'iot.device.PageTokenIsIllegal',
        `${displayed(NextToken!)} was not answered for this list.`,
      )
    }
    return {
      Data: {
        Batch: page.batches.map(({ id, kind, productKey, productName, size, createdAt }) => ({
          ApplyId: id,
          Kind: kind,
          ProductKey: productKey,
          ProductName: productName,
          DeviceCount: size,
          GmtCreate: createdAt,
          Registered: kind !== 'Check',
        })),
        NextToken: page.next,
      },
    }
  },
})
