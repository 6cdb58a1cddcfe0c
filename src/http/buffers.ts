const bytesLeast = 16 * 1024

/**
 * The length of the buffer that so many bytes are taken in: a power of two, or one of three steps to the next, so that
 * buffers of calls of about one size take each other's places and waste a fifth at most.
 */
export function sizeOf(bytesMin: number): number {
  if (bytesMin <= bytesLeast) return bytesLeast
  const step = 2 ** (Math.ceil(Math.log2(bytesMin)) - 3)
  return Math.ceil(bytesMin / step) * step
}

/** Where buffers come from, and go when a request has been answered. */
export interface Buffers {
  /** A buffer of just so many bytes, with whatever was in it. */
  take(size: number): Buffer
  /** Takes a buffer back. Nobody may read it any more. */
  give(buffer: Buffer): void
}

/** Buffers of their own memory, which is free as soon as they are given back. */
export const separateBuffers: Buffers = {
  take: (size) => Buffer.allocUnsafeSlow(size),
  give: ({ buffer }) => {
    ;(buffer as ArrayBuffer).transfer(0)
  },
}
