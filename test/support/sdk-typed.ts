import * as iot from '@alicloud/iot20180120'
import { Config } from '@alicloud/openapi-client'
import type { Device } from './sdk-devices.ts'
import type { Access, ProductAddress } from './sdk-target.ts'

/** The SDKs' own timeouts of three seconds are short for a full list on a busy machine. */
export const timeouts = { readTimeout: 60_000, connectTimeout: 10_000 }

/** The options of most SDKs' constructors. */
export function configOf({ endpoint, accessKeyId, accessKeySecret }: Access) {
  const protocol = endpoint.protocol.slice(0, -1)
  return { endpoint: endpoint.host, protocol, accessKeyId, accessKeySecret, ...timeouts }
}

/** The SDK with a model for each request and answer. It sends the list in the query string. */
export function typedClient(access: Access, signatureAlgorithm?: 'v2') {
  return new iot.default.default(new Config({ ...configOf(access), signatureAlgorithm }))
}

/** A product's address as the models spell it. */
export const typedAddress = ({ ProductKey, IotInstanceId }: ProductAddress) => ({
  productKey: ProductKey,
  iotInstanceId: IotInstanceId,
})

/** A list of devices as the models spell it. */
export const typedDevices = (devices: readonly Device[]) =>
  devices.map(({ DeviceName, DeviceSecret, Sn }) => ({
    deviceName: DeviceName,
    deviceSecret: DeviceSecret,
    sn: Sn,
  }))
