import { columnsOf } from '../../src/lib/columns.ts'
import { hashed } from '../../src/lib/hashed-column.ts'
import { type KnownNamesOptions, knownNames } from '../../src/registry/known-names.ts'
import type { DeviceStore, ProductRow } from '../../src/storage/storage.ts'

/** A node's memory of names, queried with texts. */
export function rememberingNode(
  store: DeviceStore,
  seed: number,
  bytesMax = 2 ** 30,
  staysFor = 0,
  more: Partial<KnownNamesOptions> = {},
) {
  const known = knownNames(store, { seed, bytesMax, staysFor, ...more })
  return {
    /** Returns the names that it reports as registered, sorted. */
    async taken(product: ProductRow, names: readonly string[]): Promise<string[]> {
      const { name } = columnsOf(
        ['name'],
        names.map((name) => ({ name })),
      ).members
      const entries = Int32Array.from(names, (_, entry) => entry)
      const taken = await known.taken(product, hashed(name, names.length, seed), entries)
      return Array.from(taken, (entry) => names[entry]!).sort()
    },
    /** Names in memory. */
    get size(): number {
      return known.size
    },
    close: () => known.close(),
  }
}
