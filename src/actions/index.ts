import { batchAddDeviceGroupRelations } from './batch-add-device-group-relations.ts'
import { batchCheckDeviceNames } from './batch-check-device-names.ts'
import { batchCheckImportDevice } from './batch-check-import-device.ts'
import { batchCheckVehicleDevice } from './batch-check-vehicle-device.ts'
import { batchDeleteDeviceGroupRelations } from './batch-delete-device-group-relations.ts'
import { batchImportDevice } from './batch-import-device.ts'
import { batchImportVehicleDevice } from './batch-import-vehicle-device.ts'
import { batchRegisterDevice } from './batch-register-device.ts'
import { batchRegisterDeviceWithApplyId } from './batch-register-device-with-apply-id.ts'
import { cancelReleaseProduct } from './cancel-release-product.ts'
import { createDeviceGroup } from './create-device-group.ts'
import { createProduct } from './create-product.ts'
import { createProductTags } from './create-product-tags.ts'
import { deleteDevice } from './delete-device.ts'
import { deleteDeviceGroup } from './delete-device-group.ts'
import { deleteProduct } from './delete-product.ts'
import { deleteProductTags } from './delete-product-tags.ts'
import { importDevice } from './import-device.ts'
import { listProductByTags } from './list-product-by-tags.ts'
import { listProductTags } from './list-product-tags.ts'
import { queryBatchRegisterDeviceStatus } from './query-batch-register-device-status.ts'
import { queryDeviceGroupByDevice } from './query-device-group-by-device.ts'
import { queryDeviceGroupInfo } from './query-device-group-info.ts'
import { queryDeviceGroupList } from './query-device-group-list.ts'
import { queryDeviceListByDeviceGroup } from './query-device-list-by-device-group.ts'
import { queryImportedDeviceByApplyId } from './query-imported-device-by-apply-id.ts'
import { queryPageByApplyId } from './query-page-by-apply-id.ts'
import { queryProduct } from './query-product.ts'
import { queryProductList } from './query-product-list.ts'
import { queryVehicleDevice } from './query-vehicle-device.ts'
import { registerDevice } from './register-device.ts'
import { releaseProduct } from './release-product.ts'
import { undoDeviceBatch } from './undo-device-batch.ts'
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
  batchImportDevice,
  batchImportVehicleDevice,
  batchRegisterDevice,
  batchRegisterDeviceWithApplyId,
  cancelReleaseProduct,
  createDeviceGroup,
  createProduct,
  createProductTags,
  deleteDevice,
  deleteDeviceGroup,
  deleteProduct,
  deleteProductTags,
  importDevice,
  listProductByTags,
  listProductTags,
  queryBatchRegisterDeviceStatus,
  queryDeviceGroupByDevice,
  queryDeviceGroupInfo,
  queryDeviceGroupList,
  queryDeviceListByDeviceGroup,
  queryImportedDeviceByApplyId,
  queryPageByApplyId,
  queryProduct,
  queryProductList,
  queryVehicleDevice,
  registerDevice,
  releaseProduct,
  undoDeviceBatch,
  updateDeviceGroup,
  updateProduct,
  updateProductTags,
]
