import { NameSet } from '../lib/name-set.ts'
import { judgeList, nameRepeated, namesToLookUp } from '../rules/device-list.ts'
import { type DeviceList, importList } from '../rules/import-list.ts'

/**
 * Judges the rows of a file without asking anybody: their fields, and names that stood in the file before. Names
 * are kept exactly, about 32 bytes each: 320 MB for ten million.
 */
export class FileJudge {
  readonly #met = new NameSet()
  readonly #seed: number

  /** @param seed of the names' hashes, drawn: whoever knew it could make a list of names that collide */
  constructor(seed: number) {
    this.#seed = seed
  }

  /** A verdict for each of the next rows, as `judgeList` gives it; 0 is a good one. */
  verdicts(list: DeviceList): Uint8Array {
    const { verdicts, names } = judgeList(importList, list, this.#seed)
    const firstInList = namesToLookUp(importList, verdicts)
    for (const entry of this.#met.hits(names, firstInList)) verdicts[entry]! |= nameRepeated
    for (const entry of firstInList) {
      if ((verdicts[entry]! & nameRepeated) === 0)
        this.#met.add(names.view, names.start[entry]!, names.length[entry]!, names.hashes[entry]!)
    }
    return verdicts
  }
}
