/** Operations whose answers change when devices of a batch are added or deleted. */
export const changedBy = [
  'ListDeviceBatches',
  'ListImportJobs',
  'GetImportJob',
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
