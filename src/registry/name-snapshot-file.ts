import { createHmac, timingSafeEqual } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { LargeNameSet, type MemoryPiece } from '../wasm/large-name-set.ts'

/**
 * The format of a snapshot: a head, the pieces of the set's memory with the address and size of each, an empty piece, and
 * an HMAC-SHA256 of the whole. Numbers are little-endian. The HMAC's key belongs to the store, so the HMAC also rejects files
 * of other stores.
 */
const magic = 'rollcall names 1'
const digestBytes = 32
const at = { module: 16, change: 48, product: 80, revision: 88, bytes: 96, seed: 104 } as const
const headBytes = 112
const pieceHeadBytes = 8
/** A set's memory ends below 4 GiB. */
const setBytesMax = 2 ** 32 - 128
const chunkBytes = 8 * 1024 * 1024
/** Maximum growth of a set while it is written. */
const growthBytesMax = 16 * 1024 * 1024

/** The head of a snapshot. */
export interface SnapshotHead {
  readonly product: number
  /** The revision of the product. The set may already contain later changes. */
  readonly revision: number
  /** Digest of the change that led to this revision. */
  readonly change: Buffer
  /** Seed of the set's hashes. */
  readonly seed: number
  /** Maximum size of the set. */
  readonly bytes: number
}

/** Returns the maximum size at the end of a copy of a set that now has `bytes`. */
export const bytesWhileCopied = (bytes: number) => Math.min(setBytesMax, bytes + growthBytesMax)

/** The file is incomplete, changed, or a snapshot of another store. */
export class Damaged extends Error {}

/** The snapshot is of another release, another seed, or a revision that the change log can't confirm. */
export class Outdated extends Error {}

/**
 * Writes a snapshot.
 * @param pieces of the set's memory
 * @param rest awaited after each piece
 */
export async function writeSnapshot(
  file: FileHandle,
  head: SnapshotHead,
  pieces: Iterable<MemoryPiece>,
  key: Uint8Array,
  rest: () => Promise<void>,
): Promise<void> {
  const mac = createHmac('sha256', key)
  const write = async (bytes: Uint8Array) => {
    mac.update(bytes)
    await file.appendFile(bytes)
  }
  await write(encodeHead(head))
  for (const { at, bytes } of pieces) {
    await write(pieceHead(at, bytes.length))
    await write(bytes)
    await rest()
  }
  await write(pieceHead(0, 0))
  await file.appendFile(mac.digest())
}

/**
 * Reads the head without checking the digest.
 * @throws Damaged, Outdated
 */
export async function readHead(file: FileHandle): Promise<SnapshotHead> {
  const head = Buffer.alloc(headBytes)
  await readExactly(file, head, 0)
  return decodeHead(head)
}

/**
 * Reads the set of a snapshot.
 * @throws Damaged if the digest does not match
 */
export async function readSnapshot(file: FileHandle, key: Uint8Array): Promise<LargeNameSet> {
  const { size } = await file.stat()
  const mac = createHmac('sha256', key)
  const source = new Source(file, size - digestBytes, (bytes) => mac.update(bytes))
  const head = Buffer.alloc(headBytes)
  await source.read(head)
  const { seed, bytes } = decodeHead(head)
  // Checked before memory is allocated, because the digest is checked last.
  if (bytes > setBytesMax || bytes > 2 * size + growthBytesMax)
    throw new Damaged('its head does not fit its size')
  const set = await LargeNameSet.resume(seed, bytes, async (memory) => {
    const piece = Buffer.alloc(pieceHeadBytes)
    for (;;) {
      await source.read(piece)
      const [start, length] = [piece.readUInt32LE(0), piece.readUInt32LE(4)]
      if (length === 0) break
      if (start + length > bytes) throw new Damaged('a piece is larger than the set')
      await source.read(memory.subarray(start, start + length))
    }
    if (source.left > 0) throw new Damaged('it has bytes after its end')
    const written = Buffer.alloc(digestBytes)
    await readExactly(file, written, size - digestBytes)
    if (!timingSafeEqual(written, mac.digest())) throw new Damaged('its digest does not match')
  })
  if (set === undefined) throw new Damaged('the seed of its set is not that of its head')
  return set
}

/**
 * Reads a file in large chunks, each while the former one is processed. Chunks are large because checks that the store
 * answers block the thread for 20 ms each, and every chunk may have to wait for one.
 */
class Source {
  readonly #file: FileHandle
  readonly #end: number
  readonly #seen: (chunk: Uint8Array) => void
  /** The start of the next chunk to fetch, and the number of bytes read. */
  #place = 0
  #taken = 0
  #chunk: Uint8Array = Buffer.alloc(0)
  #next: Promise<Buffer> | undefined

  /** @param seen receives all bytes before `end`, in order */
  constructor(file: FileHandle, end: number, seen: (chunk: Uint8Array) => void) {
    this.#file = file
    this.#end = end
    this.#seen = seen
  }

  /** Number of bytes not read yet. */
  get left(): number {
    return this.#end - this.#taken
  }

  /** @throws Damaged if the file ends first */
  async read(into: Uint8Array): Promise<void> {
    if (into.length > this.left) throw new Damaged(`it ends after ${this.#end} bytes`)
    for (let done = 0; done < into.length; ) {
      if (this.#chunk.length === 0) await this.#advance()
      const some = this.#chunk.subarray(0, into.length - done)
      into.set(some, done)
      done += some.length
      this.#taken += some.length
      this.#chunk = this.#chunk.subarray(some.length)
    }
  }

  async #advance(): Promise<void> {
    this.#chunk = await (this.#next ?? this.#fetch())
    this.#next = this.#place < this.#end ? this.#fetch() : undefined
    // An error is thrown when the chunk is due.
    this.#next?.catch(() => {})
    this.#seen(this.#chunk)
  }

  async #fetch(): Promise<Buffer> {
    const chunk = Buffer.allocUnsafeSlow(Math.min(chunkBytes, this.#end - this.#place))
    const from = this.#place
    this.#place += chunk.length
    await readExactly(this.#file, chunk, from)
    return chunk
  }
}

function pieceHead(at: number, length: number): Buffer {
  const bytes = Buffer.alloc(pieceHeadBytes)
  bytes.writeUInt32LE(at, 0)
  bytes.writeUInt32LE(length, 4)
  return bytes
}

function encodeHead({ product, revision, change, seed, bytes }: SnapshotHead): Buffer {
  const head = Buffer.alloc(headBytes)
  head.write(magic, 'latin1')
  LargeNameSet.digest.copy(head, at.module)
  change.copy(head, at.change)
  head.writeBigUInt64LE(BigInt(product), at.product)
  head.writeBigUInt64LE(BigInt(revision), at.revision)
  head.writeBigUInt64LE(BigInt(bytes), at.bytes)
  head.writeInt32LE(seed, at.seed)
  return head
}

function decodeHead(head: Buffer): SnapshotHead {
  if (head.toString('latin1', 0, magic.length) !== magic) throw new Damaged('it does not begin as a snapshot')
  if (!head.subarray(at.module, at.module + digestBytes).equals(LargeNameSet.digest))
    throw new Outdated('another release of Rollcall wrote it')
  return {
    change: head.subarray(at.change, at.change + digestBytes),
    product: Number(head.readBigUInt64LE(at.product)),
    revision: Number(head.readBigUInt64LE(at.revision)),
    bytes: Number(head.readBigUInt64LE(at.bytes)),
    seed: head.readInt32LE(at.seed),
  }
}

/** @throws Damaged if the file ends first */
async function readExactly(file: FileHandle, bytes: Uint8Array, place: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, place + done)
    if (bytesRead === 0) throw new Damaged(`it ends after ${place + done} bytes`)
    done += bytesRead
  }
}

/** Opens a snapshot for reading; undefined if there is none. */
export async function openSnapshot(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
