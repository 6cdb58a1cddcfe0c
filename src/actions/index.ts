// Generated from the files of this folder by `npm run generate`.

import { batchGetDeviceState } from './devices/batch-get-device-state.ts'
import { batchQueryDeviceDetail } from './devices/batch-query-device-detail.ts'
import { batchUpdateDeviceNickname } from './devices/batch-update-device-nickname.ts'
import { deleteDevice } from './devices/delete-device.ts'
import { disableThing } from './devices/disable-thing.ts'
import { enableThing } from './devices/enable-thing.ts'
import { getDeviceStatus } from './devices/get-device-status.ts'
import { queryDevice } from './devices/query-device.ts'
import { queryDeviceByStatus } from './devices/query-device-by-status.ts'
import { queryDeviceDetail } from './devices/query-device-detail.ts'
import { queryDeviceInfo } from './devices/query-device-info.ts'
import { queryDeviceStatistics } from './devices/query-device-statistics.ts'
import { resetThing } from './devices/reset-thing.ts'
import { batchAddDeviceGroupRelations } from './groups/batch-add-device-group-relations.ts'
import { batchDeleteDeviceGroupRelations } from './groups/batch-delete-device-group-relations.ts'
import { createDeviceGroup } from './groups/create-device-group.ts'
import { deleteDeviceGroup } from './groups/delete-device-group.ts'
import { queryDeviceGroupByDevice } from './groups/query-device-group-by-device.ts'
import { queryDeviceGroupInfo } from './groups/query-device-group-info.ts'
import { queryDeviceGroupList } from './groups/query-device-group-list.ts'
import { queryDeviceListByDeviceGroup } from './groups/query-device-list-by-device-group.ts'
import { updateDeviceGroup } from './groups/update-device-group.ts'
import { batchCheckImportDevice } from './imports/batch-check-import-device.ts'
import { batchCheckVehicleDevice } from './imports/batch-check-vehicle-device.ts'
import { batchImportDevice } from './imports/batch-import-device.ts'
import { batchImportVehicleDevice } from './imports/batch-import-vehicle-device.ts'
import { importDevice } from './imports/import-device.ts'
import { queryImportedDeviceByApplyId } from './imports/query-imported-device-by-apply-id.ts'
import { queryVehicleDevice } from './imports/query-vehicle-device.ts'
import { asyncRRpc } from './messages/async-r-rpc.ts'
import { batchPub } from './messages/batch-pub.ts'
import { invokeThingService } from './messages/invoke-thing-service.ts'
import { invokeThingsService } from './messages/invoke-things-service.ts'
import { pub } from './messages/pub.ts'
import { pubBroadcast } from './messages/pub-broadcast.ts'
import { queryDeviceSubTopic } from './messages/query-device-sub-topic.ts'
import { rRpc } from './messages/r-rpc.ts'
import { setDeviceProperty } from './messages/set-device-property.ts'
import { setDevicesProperty } from './messages/set-devices-property.ts'
import { subscribeTopic } from './messages/subscribe-topic.ts'
import { unsubscribeTopic } from './messages/unsubscribe-topic.ts'
import { createAccessKey } from './own/create-access-key.ts'
import { createImportJob } from './own/create-import-job.ts'
import { createUser } from './own/create-user.ts'
import { deleteAccessKey } from './own/delete-access-key.ts'
import { deleteUser } from './own/delete-user.ts'
import { getCallerIdentity } from './own/get-caller-identity.ts'
import { getImportJob } from './own/get-import-job.ts'
import { listAccessKeys } from './own/list-access-keys.ts'
import { listCallCounts } from './own/list-call-counts.ts'
import { listConnectionEvents } from './own/list-connection-events.ts'
import { listDeviceBatches } from './own/list-device-batches.ts'
import { listDevicePresence } from './own/list-device-presence.ts'
import { listDevices } from './own/list-devices.ts'
import { listImportJobs } from './own/list-import-jobs.ts'
import { listInstances } from './own/list-instances.ts'
import { listQuotas } from './own/list-quotas.ts'
import { listRecentCalls } from './own/list-recent-calls.ts'
import { listTrafficCounts } from './own/list-traffic-counts.ts'
import { listUsers } from './own/list-users.ts'
import { setQuota } from './own/set-quota.ts'
import { setUserPermissions } from './own/set-user-permissions.ts'
import { undoDeviceBatch } from './own/undo-device-batch.ts'
import { undoImportJob } from './own/undo-import-job.ts'
import { updateAccessKey } from './own/update-access-key.ts'
import { updateImportJob } from './own/update-import-job.ts'
import { cancelReleaseProduct } from './products/cancel-release-product.ts'
import { createProduct } from './products/create-product.ts'
import { createProductTags } from './products/create-product-tags.ts'
import { createProductTopic } from './products/create-product-topic.ts'
import { deleteProduct } from './products/delete-product.ts'
import { deleteProductTags } from './products/delete-product-tags.ts'
import { deleteProductTopic } from './products/delete-product-topic.ts'
import { listProductByTags } from './products/list-product-by-tags.ts'
import { listProductTags } from './products/list-product-tags.ts'
import { queryProduct } from './products/query-product.ts'
import { queryProductList } from './products/query-product-list.ts'
import { queryProductTopic } from './products/query-product-topic.ts'
import { releaseProduct } from './products/release-product.ts'
import { updateProduct } from './products/update-product.ts'
import { updateProductTags } from './products/update-product-tags.ts'
import { updateProductTopic } from './products/update-product-topic.ts'
import { batchCheckDeviceNames } from './registration/batch-check-device-names.ts'
import { batchRegisterDevice } from './registration/batch-register-device.ts'
import { batchRegisterDeviceWithApplyId } from './registration/batch-register-device-with-apply-id.ts'
import { queryBatchRegisterDeviceStatus } from './registration/query-batch-register-device-status.ts'
import { queryPageByApplyId } from './registration/query-page-by-apply-id.ts'
import { registerDevice } from './registration/register-device.ts'
import { deleteDeviceProp } from './tags/delete-device-prop.ts'
import { queryDeviceByTags } from './tags/query-device-by-tags.ts'
import { queryDeviceProp } from './tags/query-device-prop.ts'
import { saveDeviceProp } from './tags/save-device-prop.ts'

/** Every operation that Rollcall has, in the order of their names. */
export const actions = [
  asyncRRpc,
  batchAddDeviceGroupRelations,
  batchCheckDeviceNames,
  batchCheckImportDevice,
  batchCheckVehicleDevice,
  batchDeleteDeviceGroupRelations,
  batchGetDeviceState,
  batchImportDevice,
  batchImportVehicleDevice,
  batchPub,
  batchQueryDeviceDetail,
  batchRegisterDevice,
  batchRegisterDeviceWithApplyId,
  batchUpdateDeviceNickname,
  cancelReleaseProduct,
  createAccessKey,
  createDeviceGroup,
  createImportJob,
  createProduct,
  createProductTags,
  createProductTopic,
  createUser,
  deleteAccessKey,
  deleteDevice,
  deleteDeviceGroup,
  deleteDeviceProp,
  deleteProduct,
  deleteProductTags,
  deleteProductTopic,
  deleteUser,
  disableThing,
  enableThing,
  getCallerIdentity,
  getDeviceStatus,
  getImportJob,
  importDevice,
  invokeThingService,
  invokeThingsService,
  listAccessKeys,
  listCallCounts,
  listConnectionEvents,
  listDeviceBatches,
  listDevicePresence,
  listDevices,
  listImportJobs,
  listInstances,
  listProductByTags,
  listProductTags,
  listQuotas,
  listRecentCalls,
  listTrafficCounts,
  listUsers,
  pub,
  pubBroadcast,
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
  queryDeviceSubTopic,
  queryImportedDeviceByApplyId,
  queryPageByApplyId,
  queryProduct,
  queryProductList,
  queryProductTopic,
  queryVehicleDevice,
  rRpc,
  registerDevice,
  releaseProduct,
  resetThing,
  saveDeviceProp,
  setDeviceProperty,
  setDevicesProperty,
  setQuota,
  setUserPermissions,
  subscribeTopic,
  undoDeviceBatch,
  undoImportJob,
  unsubscribeTopic,
  updateAccessKey,
  updateDeviceGroup,
  updateImportJob,
  updateProduct,
  updateProductTags,
  updateProductTopic,
]
