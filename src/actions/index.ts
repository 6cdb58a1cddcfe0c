import { batchCheckImportDevice } from './batch-check-import-device.ts'
import { batchImportDevice } from './batch-import-device.ts'
import { createProduct } from './create-product.ts'
import { deleteDevice } from './delete-device.ts'
import { importDevice } from './import-device.ts'
import { queryImportedDeviceByApplyId } from './query-imported-device-by-apply-id.ts'
import { queryProduct } from './query-product.ts'
import { queryProductList } from './query-product-list.ts'

/** Every operation that Rollcall has, alphabetically. */
export const actions = [
  batchCheckImportDevice,
  batchImportDevice,
  createProduct,
  deleteDevice,
  importDevice,
  queryImportedDeviceByApplyId,
  queryProduct,
  queryProductList,
]
