import type { TestContext } from 'node:test'
import { Door, type DoorOptions } from '../../src/mqtt/door.ts'
import { type ListenOptions, listen } from '../../src/mqtt/listeners.ts'
import { TestClock } from '../support/deterministic.ts'
import { type DeviceOptions, RawDevice } from '../support/mqtt-device.ts'
import { MemoryService } from '../support/mqtt-service.ts'

const noRates = { connectsPerMinute: undefined, messagesPerSecond: undefined, bytesPerSecond: undefined }

/** A door on a free port with a service in memory, which knows a device `device1`. */
export async function openDoor(t: TestContext, given: Partial<DoorOptions & ListenOptions> = {}) {
  const service = new MemoryService()
  service.add('device1')
  const clock = new TestClock()
  const events: string[] = []
  const door = new Door(service, {
    clock,
    rates: noRates,
    events: {
      refused: (_, reason) => events.push(`refused: ${reason}`),
      dropped: ({ name }, reason) => events.push(`dropped of ${name}: ${reason}`),
      broke: (error) => events.push(`broke: ${error.message}`),
    },
    ...given,
  })
  const listening = await listen(door, {
    host: '127.0.0.1',
    ports: [{ number: 0, asked: true }],
    tlsPort: undefined,
    certificate: undefined,
    ticketKeys: undefined,
    ...given,
  })
  const devices: RawDevice[] = []
  t.after(async () => {
    for (const device of devices) device.end()
    listening.close()
    await door.close()
  })
  const port = listening.ports[0]!
  /** A device that has sent CONNECT. */
  const connect = async (options: Omit<DeviceOptions, 'port'> = {}) => {
    const device = await RawDevice.connect({ port, ...options })
    devices.push(device)
    return device
  }
  /** A device that is connected. */
  const connected = async (options: Omit<DeviceOptions, 'port'> = {}) => {
    const device = await connect(options)
    const connack = await device.next()
    if ((connack.returnCode ?? connack.reasonCode) !== 0)
      throw new Error(`refused: ${JSON.stringify(connack)}`)
    return device
  }
  const open = async (version?: 3 | 4 | 5) => {
    const device = await RawDevice.open(port, version)
    devices.push(device)
    return device
  }
  return { service, door, clock, events, port, listening, connect, connected, open }
}
