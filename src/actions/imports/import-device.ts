import { optional, struct, text } from '../../api/shape.ts'
import { Duplicate, NotFound } from '../../registry/registry.ts'
import {
  describeRule,
  describeRuleInChinese,
  deviceName,
  deviceSecret,
  type FieldRule,
  nickname,
  obeys,
  serialNumber,
} from '../../rules/device-fields.ts'
import { action } from '../shared/declare.ts'
import { deviceDocs } from '../shared/device-list.ts'
import { importProductOf, iotInstanceId, productKey } from '../shared/product.ts'

/** Registers one device. */
export const importDevice = action({
  name: 'ImportDevice',
  family: 'imports',
  effect: 'write',
  summary: { en: 'Imports one device into a product.', zh: '向产品导入单个设备。' },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: text(deviceDocs.name),
    DeviceSecret: text(deviceDocs.secret),
    Nickname: optional(
      text({
        en: `The nickname of the device: ${describeRule(nickname)}.`,
        zh: `备注名称：${describeRuleInChinese(nickname)}。`,
      }),
    ),
    Sn: optional(text(deviceDocs.sn)),
  },

  answer: {
    Data: struct({
      ProductKey: text(),
      DeviceName: text(),
      DeviceSecret: text(),
      Sn: text(),
      Nickname: text(),
      IotId: text(),
    }),
  },

  failures: {
    'iot.prod.NotExistedProduct': 200,
    'iot.prod.InvalidProductAuthType': 200,
    'iot.device.InvalidFormattedDeviceName': 200,
    'iot.common.InvalidFormattedParameter': 200,
    'iot.device.AlreadyExistedDeviceName': 200,
  },

  async run({ ProductKey, DeviceName, DeviceSecret, Nickname, Sn }, call) {
    const product = importProductOf(call)
    if (!obeys(deviceName, DeviceName)) {
      call.fail('iot.device.InvalidFormattedDeviceName', `It must be ${describeRule(deviceName)}.`)
    }
    const refuseUnless = (name: string, rule: FieldRule, value: string | undefined) => {
      if (value !== undefined && !obeys(rule, value)) {
        call.fail('iot.common.InvalidFormattedParameter', `${name} must be ${describeRule(rule)}.`)
      }
    }
    refuseUnless('DeviceSecret', deviceSecret, DeviceSecret)
    refuseUnless('Nickname', nickname, Nickname)
    refuseUnless('Sn', serialNumber, Sn)

    try {
      const device = { name: DeviceName, secret: DeviceSecret, sn: Sn, nickname: Nickname }
      const { iotId } = await call.registry.devices.register(call.account, product, device)
      return {
        Data: { ProductKey, DeviceName, DeviceSecret, Sn: Sn ?? '', Nickname: Nickname ?? '', IotId: iotId },
        devices: 1,
      }
    } catch (error) {
      if (error instanceof Duplicate)
        return call.fail('iot.device.AlreadyExistedDeviceName', `It is ${DeviceName}.`)
      if (error instanceof NotFound)
        return call.fail('iot.prod.NotExistedProduct', 'It was deleted meanwhile.')
      throw error
    }
  },
})
