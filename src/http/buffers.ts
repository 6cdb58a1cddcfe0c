const bytesLeast = 16 * 1024

/**
 * Returns the buffer size for `bytesMin` bytes: a power of two, or one of three steps to the next, so that
 * requests of similar size reuse each other's buffers and at most a fifth is wasted.
 */
export function sizeOf(bytesMin: number): number {
  if (bytesMin <= bytesLeast) return bytesLeast
  const step = 2 ** (Math.ceil(Math.log2(bytesMin)) - 3)
  return Math.ceil(bytesMin / step) * step
}

/** Provides buffers and takes them back after a request has been answered. */
export interface Buffers {
  /** Returns a buffer of exactly `size` bytes with undefined content. */
  take(size: number): Buffer
  /** Takes a buffer back; the caller must no longer use it. */
  give(buffer: Buffer): void
}

/** Buffers with memory of their own, which is freed when they are given back. */
export const separateBuffers: Buffers = {
  take: (size) => Buffer.allocUnsafeSlow(size),
  give: ({ buffer }) => {
    ;(buffer as ArrayBuffer).transfer(0)
  },
}
