/** A file in a ZIP archive. */
export interface ZipEntry {
  readonly name: string
  /** 0 if stored, 8 if deflated. */
  readonly method: number
  readonly packed: Uint8Array
  /** The decompressed size that the archive claims; not verified. */
  readonly size: number
}

/** More entries than any workbook has. */
const entriesMax = 100_000
const endBytes = 22
const commentMax = 0xffff

/**
 * Lists the files of a ZIP archive from its central directory (PKWARE APPNOTE 4.3.12 to 4.3.16). ZIP64 is not
 * supported: it is for archives above 4 GiB, which don't fit in memory.
 * @returns undefined if the archive has no directory because its end is missing
 */
export function zipEntries(file: Uint8Array): readonly ZipEntry[] | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const end = endOfDirectory(view)
  if (end < 0) return undefined
  const count = Math.min(entriesMax, view.getUint16(end + 10, true))
  const entries: ZipEntry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) return undefined
    const nameBytes = view.getUint16(at + 28, true)
    const entry = entryAt(file, view, at, nameBytes)
    if (entry === undefined) return undefined
    entries.push(entry)
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function endOfDirectory(view: DataView): number {
  const last = view.byteLength - endBytes
  for (let at = last; at >= Math.max(0, last - commentMax); at--)
    if (view.getUint32(at, true) === 0x06054b50) return at
  return -1
}

const decoder = new TextDecoder()

function entryAt(file: Uint8Array, view: DataView, at: number, nameBytes: number): ZipEntry | undefined {
  const local = view.getUint32(at + 42, true)
  if (local + 30 > file.length || view.getUint32(local, true) !== 0x04034b50) return undefined
  const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  const packedBytes = view.getUint32(at + 20, true)
  if (begin + packedBytes > file.length) return undefined
  return {
    name: decoder.decode(file.subarray(at + 46, at + 46 + nameBytes)),
    method: view.getUint16(at + 10, true),
    packed: file.subarray(begin, begin + packedBytes),
    size: view.getUint32(at + 24, true),
  }
}
