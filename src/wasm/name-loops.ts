import type { ColumnLoops } from '../lib/hashed-column.ts'
import type { ColumnsModule } from './module.ts'

/** Hashing and comparing the values of columns that lie in a module's memory. */
export function nameLoops({ loops, bytes: all }: ColumnsModule): ColumnLoops {
  const { value: hashesAt } = loops.hashes
  const { value: verdictsAt } = loops.verdicts
  return {
    entriesMax: loops.entriesMax.value,
    hashes({ bytes, start, length }, count, seed) {
      loops.hashColumn(bytes.byteOffset, start.byteOffset, length.byteOffset, count, seed)
      return new Int32Array(all.buffer, hashesAt, count).slice()
    },
    markRepeated({ bytes, start, length, hashes }, verdicts, illegal, bit) {
      const count = verdicts.length
      new Int32Array(all.buffer, hashesAt, count).set(hashes)
      all.set(verdicts, verdictsAt)
      loops.markRepeated(bytes.byteOffset, start.byteOffset, length.byteOffset, count, illegal, bit)
      verdicts.set(all.subarray(verdictsAt, verdictsAt + count))
    },
  }
}
