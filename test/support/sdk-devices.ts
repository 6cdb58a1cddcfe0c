import { randomBytes } from 'node:crypto'

export interface Device {
  readonly DeviceName: string
  readonly DeviceSecret: string
  readonly Sn?: string
}

/** Unlike in any other run, so that runs against one store don't meet each other's devices. */
const run = randomBytes(4).toString('hex')

/**
 * Devices whose fields are as long as they may be and hold every character that they may: a full list is a
 * request of more than 2 MB.
 */
export function goodDevices(count: number): Device[] {
  return Array.from({ length: count }, (_, index) => ({
    DeviceName: `Rc-_@.:${run}${String(index).padStart(17, '0')}`,
    DeviceSecret: `:.@_-cS${run}${String(index).padStart(17, '0')}`,
    Sn: `SN_${run}${String(index).padStart(53, '0')}`,
  }))
}

/** As many devices with some spoilt, and the Data that is answered of them. */
export function devicesWithBadOnes(count: number) {
  const devices = goodDevices(count)
  const bad: (Device & { readonly ErrorMsg: string })[] = []
  const spoil = (index: number, ErrorMsg: string, device: Device) => {
    devices[index] = device
    bad.push({ ...device, ErrorMsg })
  }

  spoil(0, 'The device name is illegal.', { ...devices[0]!, DeviceName: 'APT$' })
  spoil(1, 'The device secret is illegal.', { ...devices[1]!, DeviceSecret: '^67$' })
  spoil(2, 'The sn is illegal.', { ...devices[2]!, Sn: 'QC4001#' })
  // Clients encode these characters differently on the wire, and must be read alike.
  spoil(17, 'The device name is illegal. | The device secret is illegal. | The sn is illegal.', {
    DeviceName: "it's (a) *star*, isn't it!",
    DeviceSecret: 'a+b c%20d&e=f~',
    Sn: '',
  })
  spoil(count - 3, 'The device name is illegal.', { DeviceName: '设备 é 🙂', DeviceSecret: 'no-sn' })
  spoil(count - 2, 'The device name is repeated.', { ...devices[3]!, DeviceSecret: 'another' })
  // A second entry with the same name is a row of its own, and once in the list of names.
  spoil(count - 1, 'The device name is illegal.', { ...devices[count - 1]!, DeviceName: 'APT$' })

  const report = {
    InvalidDetailList: bad,
    InvalidDeviceNameList: ['APT$', "it's (a) *star*, isn't it!", '设备 é 🙂'],
    InvalidDeviceSecretList: ['^67$', 'a+b c%20d&e=f~'],
    InvalidSnList: ['QC4001#', ''],
    RepeatedDeviceNameList: [devices[3]!.DeviceName],
  }
  return { devices, report }
}
