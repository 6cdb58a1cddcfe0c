import { type Request, withRoom } from '../../src/lib/http-message.ts'
import { RequestMemory } from '../../src/wasm/request-memory.ts'

/** The memory of the requests that a test makes; none is given back, and a full one is left to the collector. */
let memory = new RequestMemory(2 ** 26)

/** A buffer of at least so many bytes where a quick scan reads. */
export function slot(bytes: number): Buffer {
  if (memory.touchedBytes + bytes > 2 ** 27) memory = new RequestMemory(2 ** 26)
  return memory.take(bytes)
}

/** The same request with its bytes where a listener puts them: a scan changes them, so each call has its own. */
export function received(request: Omit<Request, 'room'>): Request {
  const bytes = slot(withRoom(request.end))
  request.bytes.copy(bytes, 0, 0, request.end)
  return { ...request, bytes, room: slot }
}
