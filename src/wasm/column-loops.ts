import type { ColumnLoops } from '../lib/hashed-column.ts'
import type { ColumnsModule } from './module.ts'

/** Loops of a module over columns in its memory. */
export function columnLoops({ loops, bytes: all }: ColumnsModule): ColumnLoops {
  const { value: hashesAt } = loops.hashes
  const { value: verdictsAt } = loops.verdicts
  const put = (verdicts: Uint8Array) => all.set(verdicts, verdictsAt)
  const take = (verdicts: Uint8Array) => verdicts.set(all.subarray(verdictsAt, verdictsAt + verdicts.length))
  return {
    entriesMax: loops.entriesMax.value,
    hashes({ bytes, start, length }, count, seed) {
      loops.hashColumn(bytes.byteOffset, start.byteOffset, length.byteOffset, count, seed)
      return new Int32Array(all.buffer, hashesAt, count).slice()
    },
    markIllegal({ length, kinds }, verdicts, { min, max, outside }, exempt, bit) {
      put(verdicts)
      const [at, count] = [kinds!.byteOffset, verdicts.length]
      loops.markIllegal(length.byteOffset, at, count, min, max, outside, exempt, bit)
      take(verdicts)
    },
    entriesWith(verdicts, bits, which) {
      put(verdicts)
      const found = loops.entriesWith(bits, verdicts.length, Number(which === 'any'))
      return new Int32Array(all.buffer, loops.entries.value, found).slice()
    },
    markRepeated({ bytes, start, length, hashes }, verdicts, illegal, bit) {
      const count = verdicts.length
      new Int32Array(all.buffer, hashesAt, count).set(hashes)
      put(verdicts)
      loops.markRepeated(bytes.byteOffset, start.byteOffset, length.byteOffset, count, illegal, bit)
      take(verdicts)
    },
  }
}
