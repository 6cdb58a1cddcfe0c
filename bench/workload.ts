/** The devices that are registered and the lists that are asked about, the same ones in every run. */

/** Who calls, and for which product. */
export const caller = {
  accessKeyId: 'benchkey',
  accessKeySecret: 'bench-secret-of-thirty-letters',
  productKey: 'a1BenchKey1',
} as const

/** Devices in one call: as many as the document lets it have. */
export const devicesPerCall = 10_000
/** Lists that calls take turns with, so that caches serve no list twice in a row. */
const listCount = 16

export interface Device {
  readonly DeviceName: string
  readonly DeviceSecret: string
  readonly Sn: string
}

const alphabet = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'latin1')
const registeredSeed = 1
const askedSeed = 2
const importedSeed = 3

/** The registered devices, one after the other. Names are random, which a B-tree likes least. */
export const registeredDevices = () => deviceSource(registeredSeed)

/** Lists of devices none of which is registered: every name has to be looked for, and none is found. */
export function askedLists(): Device[][] {
  const next = deviceSource(askedSeed)
  return Array.from({ length: listCount }, () => Array.from({ length: devicesPerCall }, next))
}

/** Devices that are not registered yet, with random names. */
export const newDevices = () => deviceSource(importedSeed)

/** The same with names in sequence, as a factory gives them. */
export function newDevicesInSequence(): () => Device {
  const next = deviceSource(importedSeed)
  let count = 0
  return () => ({ ...next(), DeviceName: `unit-${String(++count).padStart(12, '0')}` })
}

/** Names of 10 to 25 characters, secrets of 32, serial numbers of 12 to 20. */
function deviceSource(seed: number): () => Device {
  const random = mulberry32(seed)
  const room = Buffer.alloc(32)
  const text = (min: number, max: number) => {
    const length = min + Math.floor(random() * (max - min + 1))
    for (let i = 0; i < length; i++) room[i] = alphabet[Math.floor(random() * alphabet.length)]!
    return room.toString('latin1', 0, length)
  }
  return () => ({ DeviceName: text(10, 25), DeviceSecret: text(32, 32), Sn: text(12, 20) })
}

/** A small seeded generator of numbers in [0, 1): runs repeat. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
