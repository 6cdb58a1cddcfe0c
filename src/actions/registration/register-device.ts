import { optional, struct, text } from '../../api/shape.ts'
import { NotThere, Taken } from '../../registry/registry.ts'
import { deviceName, isNickname, obeys, registeredNickname, ruleInWords } from '../../rules/device-fields.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, registrationProductOf } from '../shared/product.ts'

/** What a LoRaWAN device must come with, by its type. */
const loraNeeds = {
  ALIYUNDEFINED: ['DevEui', 'PinCode'],
  USERDEFINED: ['DevEui', 'JoinEui', 'AppKey'],
} as const

/** Registers one device, with a secret that is drawn. */
export const registerDevice = action({
  name: 'RegisterDevice',
  family: 'registration',
  effect: 'write',
  summary: 'Registers a device in a product, with a DeviceSecret that is drawn.',
  version: '2018-01-20',
  quota: { perSecond: 30 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: optional(
      text(
        `The name of the device: ${ruleInWords(deviceName)}, unique in the product. Drawn when not given.`,
      ),
    ),
    Nickname: optional(text(`The nickname of the device: ${registeredNickname.words}.`)),
    // Rollcall runs no LoRaWAN network, so these are judged as documented and nothing is done with them.
    DevEui: optional(text('The DevEUI of a LoRaWAN device; answered and not used.')),
    PinCode: optional(
      text('The PIN code of a LoRaWAN device; needed with DevEui unless LoraNodeType is USERDEFINED.'),
    ),
    JoinEui: optional(text('The JoinEUI of a LoRaWAN device; needed where LoraNodeType is USERDEFINED.')),
    AppKey: optional(text('The AppKey of a LoRaWAN device; needed where LoraNodeType is USERDEFINED.')),
    LoraNodeType: optional(
      text(`${Object.keys(loraNeeds).join(' or ')}; the former when not given.`, {
        values: Object.keys(loraNeeds),
        default: Object.keys(loraNeeds)[0]!,
      }),
    ),
  },

  answer: {
    Data: struct({
      ProductKey: text(),
      DeviceName: text(),
      DeviceSecret: text('The secret that was drawn.'),
      IotId: text('The ID of the device.'),
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
    const { IotInstanceId, ProductKey, DeviceName, Nickname, DevEui, JoinEui, LoraNodeType } = chosen
    const product = await registrationProductOf(call, IotInstanceId, ProductKey)
    if (DeviceName !== undefined && !obeys(deviceName, DeviceName)) {
      call.fail('iot.device.InvalidFormattedDeviceName', `It must be ${ruleInWords(deviceName)}.`)
    }
    if (Nickname !== undefined && !isNickname(registeredNickname, Nickname)) {
      call.fail('iot.common.InvalidFormattedParameter', `Nickname must be ${registeredNickname.words}.`)
    }
    const isLora = [DevEui, JoinEui, LoraNodeType, chosen.PinCode, chosen.AppKey].some(Boolean)
    const type = LoraNodeType ?? 'ALIYUNDEFINED'
    if (!isLoraType(type)) {
      const types = Object.keys(loraNeeds).join(' or ')
      return call.fail('iot.common.InvalidFormattedParameter', `LoraNodeType must be ${types}.`)
    }
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
      call.counted(1)
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
      }
    } catch (error) {
      if (error instanceof Taken) {
        return call.fail('iot.device.AlreadyExistedDeviceName', `It is ${DeviceName}.`)
      }
      if (error instanceof NotThere) {
        return call.fail('iot.prod.NotExistedProduct', 'It was deleted meanwhile.')
      }
      throw error
    }
  },
})

function isLoraType(type: string): type is keyof typeof loraNeeds {
  return Object.hasOwn(loraNeeds, type)
}
