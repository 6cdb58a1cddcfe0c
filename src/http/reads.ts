import type { Socket } from 'node:net'

/** Callbacks while node's parser processes a connection. */
export interface ReadWatcher {
  /** The first byte of a request has been parsed. */
  headBegan(): void
  /**
   * The parser has processed one read of `bytes` bytes.
   * @param content copies the bytes
   */
  read(bytes: number, content: () => Buffer): void
}

/** The part of node's HTTP parser available as `socket.parser`. It has no public name. */
interface Parser {
  readonly constructor: { readonly kOnMessageBegin?: number; readonly kOnExecute?: number }
  getCurrentBuffer(): Buffer
  [callback: number]: ((result: unknown) => void) | null
}

/**
 * Reports what node's parser reads from a connection before it reports a request. A `data` listener would do
 * this publicly, but takes the socket away from the parser: a call of 1.4 MB then costs 0.3 ms more.
 * The server must already have attached its parser.
 * @throws Error if this version of node keeps its parser elsewhere
 */
export function watchReads(socket: Socket, watcher: ReadWatcher): void {
  const parser = (socket as Socket & { readonly parser?: Parser }).parser
  const { kOnMessageBegin, kOnExecute } = parser?.constructor ?? {}
  const executed = kOnExecute === undefined ? undefined : parser?.[kOnExecute]
  if (parser === undefined || kOnMessageBegin === undefined || !executed) {
    throw new Error(`Node.js ${process.version} has no HTTP parser that Rollcall can watch; use Node.js 24`)
  }
  parser[kOnMessageBegin] = () => watcher.headBegan()
  parser[kOnExecute!] = (result) => {
    executed(result)
    // A handler may have detached the parser; a number is the count of bytes parsed.
    if (typeof result === 'number' && (socket as Socket & { readonly parser?: Parser }).parser === parser)
      watcher.read(result, () => parser.getCurrentBuffer())
  }
}
