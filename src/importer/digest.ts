import type { Hashes } from '../client/sign.ts'
import type { RowSource } from '../device-files/rows.ts'
import { hashSlice, viewOf } from '../lib/byte-words.ts'
import type { DeviceList } from '../rules/import-list.ts'

/** A 64-bit digest of rows, which detects changes but not attacks. It reveals no secret. */
export function digestOf({ count, members }: DeviceList): string {
  const columns = [members.DeviceName, members.DeviceSecret, members.Sn]
  const views = columns.map(({ bytes }) => viewOf(bytes))
  const sums = [0x2545f491, 0x1b873593].map((seed) => {
    let sum = count
    for (let entry = 0; entry < count; entry++) {
      for (let c = 0; c < columns.length; c++) {
        const { start, length } = columns[c]!
        const hash = hashSlice(views[c]!, start[entry]!, Math.max(0, length[entry]!), seed)
        sum = (Math.imul(sum, 31) + hash) | 0
      }
    }
    return (sum >>> 0).toString(16).padStart(8, '0')
  })
  return sums.join('')
}

/** The digest of a file's rows, computed from its chunks in order. */
export class FileDigest {
  readonly #chunks: string[] = []
  readonly #sha256: Hashes['sha256']

  constructor(sha256: Hashes['sha256']) {
    this.#sha256 = sha256
  }

  add(chunk: string): void {
    this.#chunks.push(chunk)
  }

  end(): string {
    return this.#sha256(this.#chunks.join('')).slice(0, 16)
  }
}

/** Computes the digest of a file that is read again, without calls. */
export async function digestOfFile(chunks: RowSource['chunks'], sha256: Hashes['sha256']): Promise<string> {
  const whole = new FileDigest(sha256)
  for await (const rows of chunks) whole.add(digestOf(rows))
  return whole.end()
}
