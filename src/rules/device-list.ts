import { absent, type Columns } from '../lib/columns.ts'
import { hashBytes } from '../lib/hash-bytes.ts'
import { byteTest, deviceName, deviceSecret, serialNumber } from './device-fields.ts'

/** A list of devices as BatchCheckImportDevice and BatchImportDevice take it. */
export type DeviceList = Columns<'DeviceName' | 'DeviceSecret' | 'Sn'>

/**
 * Why an entry may not be imported: bits, since several may apply. Their order is the order in which the
 * reasons are told (design §6).
 */
export const nameIllegal = 1
export const secretIllegal = 2
export const snIllegal = 4
/** The name stood in the list before. */
export const nameRepeated = 8
/** The name is registered in the product already; told of its first occurrence only. */
export const nameTaken = 16

/** What the fields and the list itself say of each entry; 0 is fine so far. `nameTaken` is not known here. */
export function judgeDeviceList(list: DeviceList, hashSeed: number): Uint8Array {
  const verdicts = new Uint8Array(list.count)
  const { DeviceName, DeviceSecret, Sn } = list.members
  for (let entry = 0; entry < list.count; entry++) {
    let verdict = 0
    if (!isDeviceName(DeviceName.bytes, DeviceName.start[entry]!, DeviceName.length[entry]!))
      verdict |= nameIllegal
    if (!isDeviceSecret(DeviceSecret.bytes, DeviceSecret.start[entry]!, DeviceSecret.length[entry]!)) {
      verdict |= secretIllegal
    }
    const snLength = Sn.length[entry]!
    if (snLength !== absent && !isSerialNumber(Sn.bytes, Sn.start[entry]!, snLength)) verdict |= snIllegal
    verdicts[entry] = verdict
  }
  markRepeated(list, verdicts, hashSeed)
  return verdicts
}

const isDeviceName = byteTest(deviceName)
const isDeviceSecret = byteTest(deviceSecret)
const isSerialNumber = byteTest(serialNumber)

/**
 * Marks every legal name that stood in the list before, whatever else is wrong with the entries. A table of
 * entry numbers, open addressing, names compared byte for byte; the seed is secret so that nobody can
 * choose names that collide.
 */
function markRepeated(list: DeviceList, verdicts: Uint8Array, hashSeed: number): void {
  const { bytes, start, length } = list.members.DeviceName
  const mask = 2 ** Math.ceil(Math.log2(2 * list.count + 2)) - 1
  // Entry number plus one; 0 is an empty place.
  const places = new Int32Array(mask + 1)
  for (let entry = 0; entry < list.count; entry++) {
    if ((verdicts[entry]! & nameIllegal) !== 0) continue
    const from = start[entry]!
    const size = length[entry]!
    let place = hashBytes(bytes, from, size, hashSeed) & mask
    for (;;) {
      const other = places[place]! - 1
      if (other < 0) {
        places[place] = entry + 1
        break
      }
      if (length[other] === size && sameBytes(bytes, start[other]!, from, size)) {
        verdicts[entry] = verdicts[entry]! | nameRepeated
        break
      }
      place = (place + 1) & mask
    }
  }
}

function sameBytes(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false
  return true
}

/** The entries whose names are to be looked up in the product: each legal name once, where it first stands. */
export function namesToLookUp(verdicts: Uint8Array): Int32Array {
  const entries = new Int32Array(verdicts.length)
  let count = 0
  for (let entry = 0; entry < verdicts.length; entry++) {
    if ((verdicts[entry]! & (nameIllegal | nameRepeated)) === 0) entries[count++] = entry
  }
  return entries.subarray(0, count)
}

/** Marks the entries whose names are registered. */
export function markTaken(verdicts: Uint8Array, taken: Iterable<number>): void {
  for (const entry of taken) verdicts[entry] = verdicts[entry]! | nameTaken
}
