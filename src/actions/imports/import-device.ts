import { optional, struct, text } from '../../api/shape.ts'
import { NotThere, Taken } from '../../registry/registry.ts'
import {
  deviceName,
  deviceSecret,
  type FieldRule,
  nickname,
  obeys,
  ruleInWords,
  serialNumber,
} from '../../rules/device-fields.ts'
import { action } from '../shared/declare.ts'
import { importProductOf, iotInstanceId, productKey } from '../shared/product.ts'

/** Registers one device. */
export const importDevice = action({
  name: 'ImportDevice',
  family: 'imports',
  effect: 'write',
  summary: 'Adds one device to a product.',
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: text(`The name of the device: ${ruleInWords(deviceName)}, unique in the product.`),
    DeviceSecret: text(`The secret of the device: ${ruleInWords(deviceSecret)}.`),
    Nickname: optional(text(`The nickname of the device: ${ruleInWords(nickname)}.`)),
    Sn: optional(text(`The serial number of the device: ${ruleInWords(serialNumber)}.`)),
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

  async run({ IotInstanceId, ProductKey, DeviceName, DeviceSecret, Nickname, Sn }, call) {
    const product = await importProductOf(call, IotInstanceId, ProductKey)
    if (!obeys(deviceName, DeviceName)) {
      call.fail('iot.device.InvalidFormattedDeviceName', `It must be ${ruleInWords(deviceName)}.`)
    }
    const refuseUnless = (name: string, rule: FieldRule, value: string | undefined) => {
      if (value !== undefined && !obeys(rule, value)) {
        call.fail('iot.common.InvalidFormattedParameter', `${name} must be ${ruleInWords(rule)}.`)
      }
    }
    refuseUnless('DeviceSecret', deviceSecret, DeviceSecret)
    refuseUnless('Nickname', nickname, Nickname)
    refuseUnless('Sn', serialNumber, Sn)

    try {
      const device = { name: DeviceName, secret: DeviceSecret, sn: Sn, nickname: Nickname }
      const { iotId } = await call.registry.devices.register(call.account, product, device)
      call.counted(1)
      return {
        Data: { ProductKey, DeviceName, DeviceSecret, Sn: Sn ?? '', Nickname: Nickname ?? '', IotId: iotId },
      }
    } catch (error) {
      if (error instanceof Taken)
        return call.fail('iot.device.AlreadyExistedDeviceName', `It is ${DeviceName}.`)
      if (error instanceof NotThere)
        return call.fail('iot.prod.NotExistedProduct', 'It was deleted meanwhile.')
      throw error
    }
  },
})
