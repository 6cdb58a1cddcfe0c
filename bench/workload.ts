/** The registered devices and the lists to check, the same in every run. */
import { seededRandom } from './random.ts'

/** The caller and its product. */
export const caller = {
  accessKeyId: 'benchkey',
  accessKeySecret: 'bench-secret-of-thirty-letters',
  productKey: 'a1BenchKey1',
} as const

/** Devices per call: the documented maximum. */
export const devicesPerCall = 10_000

export interface Device {
  readonly DeviceName: string
  readonly DeviceSecret: string
  readonly Sn: string
}

const alphabet = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'latin1')
const registeredSeed = 1
const askedSeed = 2
const importedSeed = 3

/** Generates the registered names in random order. */
export function registeredNames(): () => string {
  const text = textSource(registeredSeed, 0)
  return () => nameFrom(text)
}

/** The first registered names in order: a B-tree filled in order takes them ten times as fast. */
export const sortedNames = (count: number): string[] =>
  Array.from({ length: count }, registeredNames()).sort()

/** Registered names with random secrets and serial numbers; a check compares names only. */
export const registeredDevices = () => deviceSource(registeredSeed)

/** Lists of registered devices, at most `count`. */
export const registeredLists = (count: number, registered: number) =>
  listsFrom(registeredDevices(), Math.min(count, Math.floor(registered / devicesPerCall)))

/** Lists of unregistered devices: every name is looked up and none is found. */
export const askedLists = (count: number) => listsFrom(deviceSource(askedSeed), count)

/** The same lists with a character in every value that must or may be escaped. */
export const escapedLists = (count: number) =>
  askedLists(count).map((devices) =>
    devices.map(({ DeviceName, DeviceSecret, Sn }, i) => ({
      DeviceName: withInside(DeviceName, '@:'[i % 2]!),
      DeviceSecret: withInside(DeviceSecret.slice(1), ':@'[i % 2]!),
      Sn: withInside(Sn, '_'),
    })),
  )

/** A list with a few registered names, and these names. */
export function mixedList(): { readonly devices: readonly Device[]; readonly registered: readonly string[] } {
  const known = registeredNames()
  const devices = listsFrom(deviceSource(askedSeed), 1)[0]!
  const places = [0, 1, 4711, 5000, 7777, devicesPerCall - 1]
  const registered = places.map(known)
  for (const [i, place] of places.entries()) {
    devices[place] = { ...devices[place]!, DeviceName: registered[i]! }
  }
  return { devices, registered }
}

/** Unregistered devices with random names. */
export const newDevices = () => deviceSource(importedSeed)

/** Unregistered devices with sequential names, as a factory assigns them. */
export function newDevicesInSequence(): () => Device {
  const next = newDevices()
  let count = 0
  return () => ({ ...next(), DeviceName: `unit-${String(++count).padStart(12, '0')}` })
}

const listsFrom = (next: () => Device, count: number): Device[][] =>
  Array.from({ length: count }, () => Array.from({ length: devicesPerCall }, next))

const withInside = (text: string, character: string) => `${text.slice(0, 5)}${character}${text.slice(5)}`

/** Names of 10 to 25 characters, secrets of 32, serial numbers of 12 to 20. */
function deviceSource(seed: number): () => Device {
  // Names are a separate sequence, so that they can be generated alone.
  const [names, others] = [textSource(seed, 0), textSource(seed, 1)]
  return () => ({ DeviceName: nameFrom(names), DeviceSecret: others(32, 32), Sn: others(12, 20) })
}

type TextSource = (lengthMin: number, lengthMax: number) => string

const nameFrom = (text: TextSource) => text(10, 25)

function textSource(seed: number, stream: number): TextSource {
  const random = seededRandom(seed, stream)
  const room = Buffer.alloc(32)
  return (min, max) => {
    const length = min + Math.floor(random() * (max - min + 1))
    for (let i = 0; i < length; i++) room[i] = alphabet[Math.floor(random() * alphabet.length)]!
    return room.toString('latin1', 0, length)
  }
}
