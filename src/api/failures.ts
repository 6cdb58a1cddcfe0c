/**
 * Every failure that an action may tell its caller: Success=false, Code and ErrorMessage (wire-facts §4, §7;
 * texts where they are published). A code is a promise: never renamed, never reused; misspellings in it are
 * the document's own.
 */
export const failures = {
  'iot.system.SystemException': 'A system exception occurred.',
  'iot.system.InstanceNotFound': 'The instance ID does not exist.',
  'iot.common.RamActionPermissionDeny': 'You do not have the RAM permission.',
  'iot.common.InvalidPageParams': 'The page size or number is invalid.',
  'iot.common.InvalidFormattedParameter': 'The parameter format is invalid.',

  'iot.prod.NotExistedProduct': 'The specified product does not exist.',
  'iot.prod.InvalidFormattedProductkey': 'The ProductKey format is invalid.',
  'iot.prod.NullProductKey': 'The ProductKey parameter cannot be empty.',
  'iot.prod.InvalidProductAuthType': 'The product authentication type is invalid.',
  'iot.prod.AlreadyExistedProductName': 'The product name already exists.',
  'iot.prod.InvalidFormattedProductName': 'The product name format is invalid.',
  'iot.prod.LongProductDesc': 'The product description is too long.',
  'iot.prod.InvalidNodeType': 'The node type is invalid.',
  'iot.prod.InvalidAliyunCommodityCode': 'The AliyunCommodityCode is invalid.',
  'iot.prod.NotOpenID2Service': 'The ID2 service is not available.',
  'Product.has.published': 'Product has published.',

  'iot.device.TooManyDeviceNamesPerRequest': 'The devices you query exceed the maximum number.',
  'iot.device.NoneDeviceNameElement': 'The DeviceName list is empty.',
  'iot.device.InvalidDeviceParams': 'The request parameters are invalid.',
  'iot.device.ApplyManyDevicesFailed': 'An error occurred while creating multiple devices.',
  'iot.device.DeviceApplyIsNotFound': 'The application ID for the device does not exist.',
  'iot.device.IncorrentDeviceApplyInfo': 'The device application information is not correct.',
  'iot.device.DeviceCountExceeded': 'The number of devices requested exceeds the maximum limit.',
  'iot.device.NoVehicleProtocolDevice': 'The device non vehicle protocol data.',
  'iot.device.AlreadyExistedDeviceName': 'The DeviceName already exists.',
  'iot.device.InvalidFormattedDeviceName': 'The DeviceName format is invalid.',
  'iot.device.NullDeviceName': 'The DeviceName parameter cannot be empty.',
  'iot.device.InvalidIoTId': 'The IotId is invalid.',
  'iot.device.NotExistedDevice': 'The specified device does not exist.',
  'iot.device.RegionNotSupportDynamicGroup':
    'The region does not currently support the dynamic group feature.',
  'iot.device.PageTokenIsIllegal': 'The page token is illegal.',
  'iot.device.LongDevicePropertiesString': 'The length of the property string exceeds the maximum limit.',
  'iot.device.InvalidFormattedDevicePropertiesString': 'The format of device property string is invalid.',
  'iot.device.NoneDeviceProperties': 'No valid device property is found.',
  'iot.device.InvalidFormattedDevicePropertyKey': 'The format of the device property name is invalid.',
  'iot.device.TooManyDevicePropertiesPerTime': 'The total number of device properties exceeds the limit.',

  'iot.group.NotExistedGroup': 'The specified device group does not exist.',
  'iot.group.GroupNameExisted': 'The specified device group name already exists.',
  'iot.group.InvalidGroupName': 'The specified device group name is invalid.',
  'iot.group.LongGroupDescError': 'The group description exceeds the length limit.',
  'iot.group.GroupCountExceedMax': 'The number of device groups exceeds the limit.',
  'iot.group.SuperGroupUnsupport': 'The super groups do not support subGroups.',
  'iot.group.DeleteGroupFailed': 'An error occurred while deleting the device group.',

  'iot.device.OfflineDevice': 'The specified device is offline.',

  'iot.messagebroker.NullTopicName': 'Topic cannot be empty.',
  'iot.messagebroker.InvalidFormattedTopicName': 'Format of the topic is invalid.',
  'iot.messagebroker.InvalidTopicTemplateOperationValue': 'The operation value of the topic is invalid.',
  'iot.messagebroker.InvalidFormattedTopicTemplateId': 'Format of the topic ID is invalid.',
  'iot.messagebroker.TopicTemplateIsNotFound': 'The topic category does not exist.',
  'iot.messagebroker.TopicAlreadyFound': 'The topic category already exists.',
  'iot.messagebroker.TopicTemplateCountExceedMax': 'The number of topic categories exceeds the limit.',
  'iot.messagebroker.MessageContentIsNotBase64Encode': 'The message content is not base64 encoded.',
  'iot.messagebroker.InvalidTimeoutValue': 'The timeout value is invalid.',
  'iot.messagebroker.RateLimit': 'Failed because of rate limit.',
  'iot.messagebroker.PublishMessageFailed': 'Failed to publish message.',

  // Rollcall's own.
  'iot.access.NotExistedUser': 'The specified RAM user does not exist.',
  'iot.access.AlreadyExistedUserName': 'The name of the RAM user already exists.',
  'iot.access.NotExistedAccessKey': 'The specified access key does not exist.',
  'iot.access.AccessKeyInUse': 'The access key signs this very call.',
  'iot.import.NotExistedJob': 'The specified import job does not exist.',
  'iot.quota.NotExistedAction': 'The specified action does not exist.',
  'iot.quota.QuotasAreFixed': 'The quotas of this server are fixed.',
} as const satisfies Record<`iot.${string}.${string}` | `Product.${string}`, string>

export type FailureCode = keyof typeof failures

/** An action's no. It ends the action and is rendered in the action's own answer form. */
export class Failure extends Error {
  readonly code: FailureCode
  /** Members that are answered beside Code and ErrorMessage, in the action's answer shape. */
  readonly answer: Readonly<Record<string, unknown>>

  /** @param detail what was wrong with which value, after the code's own text */
  constructor(code: FailureCode, detail?: string, answer: Readonly<Record<string, unknown>> = {}) {
    super(detail === undefined ? failures[code] : `${failures[code]} ${detail}`)
    this.code = code
    this.answer = answer
  }
}
