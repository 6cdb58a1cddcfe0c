import { optional, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { Device, FoundDevice } from '../../registry/devices.ts'
import type { Product } from '../../registry/products.ts'
import type { Call } from './declare.ts'
import { instanceOf, productWithKey } from './product.ts'

/** The parameters by which an operation names one device; IotId wins when both are given (wire-facts §6). */
export const deviceKey = {
  IotId: optional(text({ en: 'The ID of the device.', zh: '设备 ID。' })),
  ProductKey: optional(
    text({
      en: 'The ProductKey of the product; required without IotId.',
      zh: '产品的 ProductKey；不传 IotId 时必传。',
    }),
  ),
  DeviceName: optional(
    text({ en: 'The name of the device; required without IotId.', zh: '设备名称；不传 IotId 时必传。' }),
  ),
}

/** The failures of `deviceOf`; an operation whose page lists another status overrides it. */
export const deviceKeyFailures = {
  'iot.prod.NullProductKey': 200,
  'iot.device.NullDeviceName': 200,
  'iot.device.InvalidIoTId': 200,
  'iot.prod.NotExistedProduct': 200,
  'iot.device.NotExistedDevice': 200,
} as const

type DeviceCall = Call<keyof typeof deviceKeyFailures>

interface DeviceKey {
  readonly IotId?: string | undefined
  readonly ProductKey?: string | undefined
  readonly DeviceName?: string | undefined
}

interface Named<Of> {
  readonly device: Of
  readonly product: Product
}

/** The device that a call names, in the instance that it names, with its product. */
export async function namedDevice(
  call: DeviceCall,
  { IotId, ProductKey, DeviceName }: DeviceKey,
): Promise<Named<FoundDevice>> {
  const { devices, products } = call.registry
  if (IotId !== undefined) {
    if (!devices.isIotId(IotId)) call.fail('iot.device.InvalidIoTId', `It is ${displayed(IotId)}.`)
    const instance = instanceOf(call)
    const [device] = await devices.lookUpIotIds([IotId])
    const product = device && (await products.findById(instance, device.product))
    if (device !== undefined && product !== undefined) return { device, product }
    return call.fail('iot.device.NotExistedDevice', `There is no ${displayed(IotId)}.`)
  }
  if (ProductKey === undefined) return call.fail('iot.prod.NullProductKey')
  if (DeviceName === undefined) return call.fail('iot.device.NullDeviceName')
  const product = await productWithKey(call, ProductKey)
  const device = await devices.lookUp(product, DeviceName)
  if (device !== undefined) return { device, product }
  return call.fail('iot.device.NotExistedDevice', `There is no ${displayed(DeviceName)} in ${ProductKey}.`)
}

/** The same without the product. */
export const deviceOf = async (call: DeviceCall, key: DeviceKey) => (await namedDevice(call, key)).device

/** The same with the device's secret. */
export async function openedDevice(call: DeviceCall, key: DeviceKey): Promise<Named<Device>> {
  const { device, product } = await namedDevice(call, key)
  const [opened] = await call.registry.devices.open(call.account, [device])
  return opened === undefined ? call.fail('iot.device.NotExistedDevice') : { device: opened, product }
}

/** Disables a device that a call names, or lifts it. */
export async function setDisabled(call: DeviceCall, key: DeviceKey, disabled: boolean): Promise<object> {
  const device = await deviceOf(call, key)
  const gone = await call.registry.devices.update([{ device, change: { disabled } }])
  if (gone !== undefined) call.fail('iot.device.NotExistedDevice')
  return {}
}
