import { batchAddDeviceGroupRelations } from './batch-add-device-group-relations.ts'
import { batchCheckDeviceNames } from './batch-check-device-names.ts'
import { batchCheckImportDevice } from './batch-check-import-device.ts'
import { batchCheckVehicleDevice } from './batch-check-vehicle-device.ts'
import { batchDeleteDeviceGroupRelations } from './batch-delete-device-group-relations.ts'
import { batchGetDeviceState } from './batch-get-device-state.ts'
import { batchImportDevice } from './batch-import-device.ts'
import { batchImportVehicleDevice } from './batch-import-vehicle-device.ts'
import { batchQueryDeviceDetail } from './batch-query-device-detail.ts'
import { batchRegisterDevice } from './batch-register-device.ts'
import { batchRegisterDeviceWithApplyId } from './batch-register-device-with-apply-id.ts'
import { batchUpdateDeviceNickname } from './batch-update-device-nickname.ts'
import { cancelReleaseProduct } from './cancel-release-product.ts'
import { createAccessKey } from './create-access-key.ts'
import { createDeviceGroup } from './create-device-group.ts'
import { createProduct } from './create-product.ts'
import { createProductTags } from './create-product-tags.ts'
import { createUser } from './create-user.ts'
import { deleteAccessKey } from './delete-access-key.ts'
import { deleteDevice } from './delete-device.ts'
import { deleteDeviceGroup } from './delete-device-group.ts'
import { deleteDeviceProp } from './delete-device-prop.ts'
import { deleteProduct } from './delete-product.ts'
import { deleteProductTags } from './delete-product-tags.ts'
import { deleteUser } from './delete-user.ts'
import { disableThing } from './disable-thing.ts'
import { enableThing } from './enable-thing.ts'
import { getCallerIdentity } from './get-caller-identity.ts'
import { getDeviceStatus } from './get-device-status.ts'
import { importDevice } from './import-device.ts'
import { listAccessKeys } from './list-access-keys.ts'
import { listCallCounts } from './list-call-counts.ts'
import { listDeviceBatches } from './list-device-batches.ts'
import { listDevices } from './list-devices.ts'
import { listInstances } from './list-instances.ts'
import { listProductByTags } from './list-product-by-tags.ts'
import { listProductTags } from './list-product-tags.ts'
import { listQuotas } from './list-quotas.ts'
import { listRecentCalls } from './list-recent-calls.ts'
import { listUsers } from './list-users.ts'
import { queryBatchRegisterDeviceStatus } from './query-batch-register-device-status.ts'
import { queryDevice } from './query-device.ts'
import { queryDeviceByStatus } from './query-device-by-status.ts'
import { queryDeviceByTags } from './query-device-by-tags.ts'
import { queryDeviceDetail } from './query-device-detail.ts'
import { queryDeviceGroupByDevice } from './query-device-group-by-device.ts'
import { queryDeviceGroupInfo } from './query-device-group-info.ts'
import { queryDeviceGroupList } from './query-device-group-list.ts'
import { queryDeviceInfo } from './query-device-info.ts'
import { queryDeviceListByDeviceGroup } from './query-device-list-by-device-group.ts'
import { queryDeviceProp } from './query-device-prop.ts'
import { queryDeviceStatistics } from './query-device-statistics.ts'
import { queryImportedDeviceByApplyId } from './query-imported-device-by-apply-id.ts'
import { queryPageByApplyId } from './query-page-by-apply-id.ts'
import { queryProduct } from './query-product.ts'
import { queryProductList } from './query-product-list.ts'
import { queryVehicleDevice } from './query-vehicle-device.ts'
import { registerDevice } from './register-device.ts'
import { releaseProduct } from './release-product.ts'
import { resetThing } from './reset-thing.ts'
import { saveDeviceProp } from './save-device-prop.ts'
import { setQuota } from './set-quota.ts'
import { setUserPermissions } from './set-user-permissions.ts'
import { undoDeviceBatch } from './undo-device-batch.ts'
import { updateAccessKey } from './update-access-key.ts'
import { updateDeviceGroup } from './update-device-group.ts'
import { updateProduct } from './update-product.ts'
import { updateProductTags } from './update-product-tags.ts'

/** Every operation that Rollcall has, alphabetically. */
export const actions = [
  batchAddDeviceGroupRelations,
  batchCheckDeviceNames,
  batchCheckImportDevice,
  batchCheckVehicleDevice,
  batchDeleteDeviceGroupRelations,
  batchGetDeviceState,
  batchImportDevice,
  batchImportVehicleDevice,
  batchQueryDeviceDetail,
  batchRegisterDevice,
  batchRegisterDeviceWithApplyId,
  batchUpdateDeviceNickname,
  cancelReleaseProduct,
  createAccessKey,
  createDeviceGroup,
  createProduct,
  createProductTags,
  createUser,
  deleteAccessKey,
  deleteDevice,
  deleteDeviceGroup,
  deleteDeviceProp,
  deleteProduct,
  deleteProductTags,
  deleteUser,
  disableThing,
  enableThing,
  getCallerIdentity,
  getDeviceStatus,
  importDevice,
  listAccessKeys,
  listCallCounts,
  listDeviceBatches,
  listDevices,
  listInstances,
  listProductByTags,
  listProductTags,
  listQuotas,
  listRecentCalls,
  listUsers,
  queryBatchRegisterDeviceStatus,
  queryDevice,
  queryDeviceByStatus,
  queryDeviceByTags,
  queryDeviceDetail,
  queryDeviceGroupByDevice,
  queryDeviceGroupInfo,
  queryDeviceGroupList,
  queryDeviceInfo,
  queryDeviceListByDeviceGroup,
  queryDeviceProp,
  queryDeviceStatistics,
  queryImportedDeviceByApplyId,
  queryPageByApplyId,
  queryProduct,
  queryProductList,
  queryVehicleDevice,
  registerDevice,
  releaseProduct,
  resetThing,
  saveDeviceProp,
  setQuota,
  setUserPermissions,
  undoDeviceBatch,
  updateAccessKey,
  updateDeviceGroup,
  updateProduct,
  updateProductTags,
]
