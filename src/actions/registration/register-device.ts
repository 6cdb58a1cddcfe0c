import { optional, struct, text } from '../../api/shape.ts'
import { Duplicate, NotFound } from '../../registry/registry.ts'
import { describeRule, deviceName, isNickname, obeys, registeredNickname } from '../../rules/device-fields.ts'
import { action } from '../shared/declare.ts'
import { deviceDocs } from '../shared/device-list.ts'
import { registeredNicknameDoc } from '../shared/nickname.ts'
import { iotInstanceId, productKey, registrationProductOf } from '../shared/product.ts'

/** The required fields of a LoRaWAN device, by its type. */
const loraNeeds = {
  ALIYUNDEFINED: ['DevEui', 'PinCode'],
  USERDEFINED: ['DevEui', 'JoinEui', 'AppKey'],
} as const

/** Registers one device with a generated secret. */
export const registerDevice = action({
  name: 'RegisterDevice',
  family: 'registration',
  effect: 'write',
  summary: {
    en: 'Registers a device in a product with a generated DeviceSecret.',
    zh: '在产品下注册设备，DeviceSecret 随机生成。',
  },
  version: '2018-01-20',
  quota: { perSecond: 30 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: optional(
      text({
        en: `${deviceDocs.name.en} Generated if not given.`,
        zh: `${deviceDocs.name.zh}不传时随机生成。`,
      }),
    ),
    Nickname: optional(text(registeredNicknameDoc)),
    // Rollcall runs no LoRaWAN network, so these are judged as documented and nothing is done with them.
    DevEui: optional(
      text({
        en: 'The DevEUI of a LoRaWAN device. Returned as sent, otherwise ignored.',
        zh: 'LoRaWAN 设备的 DevEUI；原样返回但不使用。',
      }),
    ),
    PinCode: optional(
      text({
        en: 'The PIN code of a LoRaWAN device. Required with DevEui, unless LoraNodeType is USERDEFINED.',
        zh: 'LoRaWAN 设备的 PIN Code；传入 DevEui 时必传，LoraNodeType 为 USERDEFINED 时除外。',
      }),
    ),
    JoinEui: optional(
      text({
        en: 'The JoinEUI of a LoRaWAN device. Required if LoraNodeType is USERDEFINED.',
        zh: 'LoRaWAN 设备的 JoinEUI；LoraNodeType 为 USERDEFINED 时必传。',
      }),
    ),
    AppKey: optional(
      text({
        en: 'The AppKey of a LoRaWAN device. Required if LoraNodeType is USERDEFINED.',
        zh: 'LoRaWAN 设备的 AppKey；LoraNodeType 为 USERDEFINED 时必传。',
      }),
    ),
    LoraNodeType: optional(
      text(
        {
          en: 'The type of a LoRaWAN device; ALIYUNDEFINED if it is not given.',
          zh: 'LoRaWAN 设备类型；不传则为 ALIYUNDEFINED。',
        },
        {
          values: Object.keys(loraNeeds) as (keyof typeof loraNeeds)[],
          failure: 'iot.common.InvalidFormattedParameter',
        },
      ),
    ),
  },

  answer: {
    Data: struct({
      ProductKey: text(),
      DeviceName: text(),
      DeviceSecret: text('The secret that was drawn.'),
      IotId: text({ en: 'The ID of the device.', zh: '设备 ID。' }),
      Nickname: text('Empty where none was given.'),
      DevEui: text('As it was sent; empty where it was not.'),
      JoinEui: text('As it was sent; empty where it was not.'),
    }),
  },

  failures: {
    'iot.prod.NotExistedProduct': 200,
    'iot.prod.InvalidProductAuthType': 200,
    'iot.device.InvalidFormattedDeviceName': 200,
    'iot.common.InvalidFormattedParameter': 200,
    'iot.device.AlreadyExistedDeviceName': 200,
  },

  async run(chosen, call) {
    const { ProductKey, DeviceName, Nickname, DevEui, JoinEui, LoraNodeType } = chosen
    const product = registrationProductOf(call)
    if (DeviceName !== undefined && !obeys(deviceName, DeviceName)) {
      call.fail('iot.device.InvalidFormattedDeviceName', `It must be ${describeRule(deviceName)}.`)
    }
    if (Nickname !== undefined && !isNickname(registeredNickname, Nickname)) {
      call.fail('iot.common.InvalidFormattedParameter', `Nickname must be ${registeredNickname.words}.`)
    }
    const isLora = [DevEui, JoinEui, LoraNodeType, chosen.PinCode, chosen.AppKey].some(Boolean)
    const type = LoraNodeType ?? 'ALIYUNDEFINED'
    const missing = isLora ? loraNeeds[type].filter((name) => chosen[name] === undefined) : []
    if (missing.length > 0) {
      call.fail(
        'iot.common.InvalidFormattedParameter',
        `A LoRaWAN device of type ${type} needs ${missing.join(' and ')} too.`,
      )
    }

    try {
      const { name, secret, iotId } = await call.registry.devices.register(call.account, product, {
        ...(DeviceName !== undefined && { name: DeviceName }),
        nickname: Nickname,
      })
      return {
        Data: {
          ProductKey,
          DeviceName: name,
          DeviceSecret: secret,
          IotId: iotId,
          Nickname: Nickname ?? '',
          DevEui: DevEui ?? '',
          JoinEui: JoinEui ?? '',
        },
        devices: 1,
      }
    } catch (error) {
      if (error instanceof Duplicate) {
        return call.fail('iot.device.AlreadyExistedDeviceName', `It is ${DeviceName}.`)
      }
      if (error instanceof NotFound) {
        return call.fail('iot.prod.NotExistedProduct', 'It was deleted meanwhile.')
      }
      throw error
    }
  },
})
