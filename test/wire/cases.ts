import type { PlacedCase, WireCase } from '../support/wire-case.ts'
import { callerCases } from './cases/caller.ts'
import { checkCases } from './cases/check.ts'
import { checkFailureCases } from './cases/check-failures.ts'
import {
  batchUpdateDeviceNicknameCases,
  deleteDevicePropCases,
  disableThingCases,
  enableThingCases,
  queryDevicePropCases,
  resetThingCases,
  saveDevicePropCases,
} from './cases/device-changes.ts'
import {
  batchGetDeviceStateCases,
  batchQueryDeviceDetailCases,
  getDeviceStatusCases,
  queryDeviceByStatusCases,
  queryDeviceByTagsCases,
  queryDeviceCases,
  queryDeviceDetailCases,
  queryDeviceInfoCases,
  queryDeviceStatisticsCases,
} from './cases/device-queries.ts'
import { deleteDeviceCases, importDeviceCases } from './cases/devices.ts'
import { formatCases } from './cases/formats.ts'
import { gatewayCases } from './cases/gateway.ts'
import * as groups from './cases/groups.ts'
import { batchImportCases, queryImportedCases } from './cases/import.ts'
import * as jobs from './cases/import-jobs.ts'
import * as messages from './cases/messages.ts'
import * as own from './cases/own.ts'
import * as life from './cases/product-life.ts'
import * as tags from './cases/product-tags.ts'
import { createProductCases, queryProductCases, queryProductListCases } from './cases/products.ts'
import {
  batchCheckDeviceNamesCases,
  batchRegisterDeviceCases,
  batchRegisterWithApplyIdCases,
  queryPageByApplyIdCases,
  queryRegisterStatusCases,
  registerDeviceCases,
  undoDeviceBatchCases,
} from './cases/registration.ts'
import * as topics from './cases/topics.ts'
import { batchCheckVehicleCases, batchImportVehicleCases, queryVehicleCases } from './cases/vehicles.ts'

const folders: Readonly<Record<string, readonly WireCase[]>> = {
  CreateProductTopic: topics.createProductTopicCases,
  QueryProductTopic: topics.queryProductTopicCases,
  UpdateProductTopic: topics.updateProductTopicCases,
  DeleteProductTopic: topics.deleteProductTopicCases,
  gateway: [...gatewayCases, ...callerCases, ...formatCases],
  BatchCheckImportDevice: [...checkCases, ...checkFailureCases],
  BatchImportDevice: batchImportCases,
  ImportDevice: importDeviceCases,
  QueryImportedDeviceByApplyId: queryImportedCases,
  DeleteDevice: deleteDeviceCases,
  QueryDevice: queryDeviceCases,
  QueryDeviceInfo: queryDeviceInfoCases,
  QueryDeviceDetail: queryDeviceDetailCases,
  BatchQueryDeviceDetail: batchQueryDeviceDetailCases,
  QueryDeviceByStatus: queryDeviceByStatusCases,
  QueryDeviceStatistics: queryDeviceStatisticsCases,
  GetDeviceStatus: getDeviceStatusCases,
  BatchGetDeviceState: batchGetDeviceStateCases,
  EnableThing: enableThingCases,
  DisableThing: disableThingCases,
  ResetThing: resetThingCases,
  BatchUpdateDeviceNickname: batchUpdateDeviceNicknameCases,
  SaveDeviceProp: saveDevicePropCases,
  QueryDeviceProp: queryDevicePropCases,
  DeleteDeviceProp: deleteDevicePropCases,
  QueryDeviceByTags: queryDeviceByTagsCases,
  CreateProduct: createProductCases,
  QueryProduct: queryProductCases,
  QueryProductList: queryProductListCases,
  RegisterDevice: registerDeviceCases,
  BatchRegisterDevice: batchRegisterDeviceCases,
  BatchCheckDeviceNames: batchCheckDeviceNamesCases,
  BatchRegisterDeviceWithApplyId: batchRegisterWithApplyIdCases,
  QueryBatchRegisterDeviceStatus: queryRegisterStatusCases,
  QueryPageByApplyId: queryPageByApplyIdCases,
  BatchCheckVehicleDevice: batchCheckVehicleCases,
  BatchImportVehicleDevice: batchImportVehicleCases,
  QueryVehicleDevice: queryVehicleCases,
  UndoDeviceBatch: undoDeviceBatchCases,
  CreateImportJob: jobs.createImportJobCases,
  UpdateImportJob: jobs.updateImportJobCases,
  ListImportJobs: jobs.listImportJobsCases,
  GetImportJob: jobs.getImportJobCases,
  UndoImportJob: jobs.undoImportJobCases,
  GetCallerIdentity: own.getCallerIdentityCases,
  ListInstances: own.listInstancesCases,
  ListRecentCalls: own.listRecentCallsCases,
  ListCallCounts: own.listCallCountsCases,
  ListConnectionEvents: own.listConnectionEventsCases,
  ListDevicePresence: own.listDevicePresenceCases,
  ListTrafficCounts: own.listTrafficCountsCases,
  SetQuota: own.setQuotaCases,
  ListDevices: own.listDevicesCases,
  ListDeviceBatches: own.listDeviceBatchesCases,
  ListUsers: own.listUsersCases,
  CreateUser: own.createUserCases,
  DeleteUser: own.deleteUserCases,
  SetUserPermissions: own.setUserPermissionsCases,
  ListAccessKeys: own.listAccessKeysCases,
  CreateAccessKey: own.createAccessKeyCases,
  UpdateAccessKey: own.updateAccessKeyCases,
  DeleteAccessKey: own.deleteAccessKeyCases,
  ListQuotas: own.listQuotasCases,
  UpdateProduct: life.updateProductCases,
  DeleteProduct: life.deleteProductCases,
  ReleaseProduct: life.releaseProductCases,
  CancelReleaseProduct: life.cancelReleaseProductCases,
  CreateProductTags: tags.createProductTagsCases,
  UpdateProductTags: tags.updateProductTagsCases,
  DeleteProductTags: tags.deleteProductTagsCases,
  ListProductTags: tags.listProductTagsCases,
  ListProductByTags: tags.listProductByTagsCases,
  CreateDeviceGroup: groups.createDeviceGroupCases,
  UpdateDeviceGroup: groups.updateDeviceGroupCases,
  DeleteDeviceGroup: groups.deleteDeviceGroupCases,
  QueryDeviceGroupInfo: groups.queryDeviceGroupInfoCases,
  QueryDeviceGroupList: groups.queryDeviceGroupListCases,
  BatchAddDeviceGroupRelations: groups.batchAddDeviceGroupRelationsCases,
  BatchDeleteDeviceGroupRelations: groups.batchDeleteDeviceGroupRelationsCases,
  QueryDeviceListByDeviceGroup: groups.queryDeviceListByDeviceGroupCases,
  QueryDeviceGroupByDevice: groups.queryDeviceGroupByDeviceCases,
  Pub: messages.pubCases,
  BatchPub: messages.batchPubCases,
  PubBroadcast: messages.pubBroadcastCases,
  RRpc: messages.rRpcCases,
  AsyncRRpc: messages.asyncRRpcCases,
  QueryDeviceSubTopic: messages.queryDeviceSubTopicCases,
  SubscribeTopic: messages.subscribeTopicCases,
  UnsubscribeTopic: messages.unsubscribeTopicCases,
  SetDeviceProperty: messages.setDevicePropertyCases,
  SetDevicesProperty: messages.setDevicesPropertyCases,
  InvokeThingService: messages.invokeThingServiceCases,
  InvokeThingsService: messages.invokeThingsServiceCases,
}

/** Every exchange that is kept as a golden file, with the folder of its file. */
export const cases: readonly PlacedCase[] = Object.entries(folders).flatMap(([folder, cases]) =>
  cases.map((wireCase) => ({ folder, ...wireCase })),
)
