import { bool, int, optional, struct } from '../../api/shape.ts'
import { applyId, batchOf } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Deletes the devices of one batch. The cloud has no such operation. */
export const undoDeviceBatch = action({
  name: 'UndoDeviceBatch',
  family: 'own',
  effect: 'destroy',
  summary: {
    en: 'Deletes the devices that were registered or imported under one ApplyId, except those that were changed since. Devices that clients registered one by one at the same moment share an ApplyId.',
    zh: '删除以某一 ApplyId 注册或导入的设备，之后修改过的设备除外。同一时刻逐个注册的设备共用一个 ApplyId。',
  },
  version: '2026-11-01',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ApplyId: applyId({
      en: 'The ApplyId that the import or the registration returned.',
      zh: '导入或注册时返回的 ApplyId。',
    }),
    DryRun: optional(
      bool(
        {
          en: 'True reports what would be deleted and deletes nothing.',
          zh: 'true 表示只返回将执行的内容，不实际执行。',
        },
        { default: false },
      ),
    ),
  },

  answer: {
    Data: struct({
      ApplyId: int(),
      DeletedCount: int({}, 'How many devices were deleted, or would be.'),
      KeptCount: int(
        {},
        'How many were kept, because they were disabled, tagged, put into a group, or otherwise changed.',
      ),
    }),
  },

  failures: { 'iot.device.DeviceApplyIsNotFound': 200 },

  async run({ ApplyId, DryRun = false }, call) {
    const { batches } = call.registry
    const { batch } = await batchOf(call, ApplyId)
    const { deleted, kept } = await (DryRun ? batches.wouldUndo(batch) : batches.undo(batch))
    return { Data: { ApplyId, DeletedCount: deleted, KeptCount: kept } }
  },
})
