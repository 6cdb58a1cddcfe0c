import { bool, int, optional, struct } from '../../api/shape.ts'
import { applyId, batchOf } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Takes the devices of one batch off the roll again. The cloud has nothing like it. */
export const undoDeviceBatch = action({
  name: 'UndoDeviceBatch',
  family: 'own',
  effect: 'destroy',
  summary:
    'Deletes the devices that were registered or imported under one ApplyId, but for those that were changed since. Devices that were registered one by one at the same moment share an ApplyId. An operation of Rollcall’s own.',
  version: '2026-11-01',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ApplyId: applyId('The ApplyId that the import or the registration answered.'),
    DryRun: optional(bool('True only tells what would be done.', { default: false })),
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

  async run({ IotInstanceId, ApplyId, DryRun = false }, call) {
    const { batches } = call.registry
    const { batch } = await batchOf(call, IotInstanceId, ApplyId)
    const { deleted, kept } = await (DryRun ? batches.wouldUndo(batch) : batches.undo(batch))
    return { Data: { ApplyId, DeletedCount: deleted, KeptCount: kept } }
  },
})
