/** Operations whose answers change when the devices of a batch come or go. */
export const changedBy = [
  'ListDeviceBatches',
  'QueryBatchRegisterDeviceStatus',
  'QueryImportedDeviceByApplyId',
  'QueryPageByApplyId',
  'ListInstances',
  'QueryProductList',
  'QueryProduct',
  'QueryDevice',
  'ListDevices',
  'QueryDeviceStatistics',
] as const
