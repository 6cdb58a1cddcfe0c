import type { Send } from '../../client/client.ts'
import { Unreachable } from '../../client/outcome.ts'

/**
 * A call without data for this many milliseconds is aborted. A full list of devices takes less over a slow
 * line.
 */
const silenceMsMax = 120_000

/**
 * Sends with fetch.
 * @param signal aborts a call at once, with its reason
 */
export function fetchSender(signal?: AbortSignal): Send {
  return async ({ url, headers, body }) => {
    // fetch sets these two itself; the first equals the signed one.
    const { host: _, ...sendable } = headers
    const cut = new AbortController()
    const end = () => cut.abort()
    let silence = setTimeout(end, silenceMsMax)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: sendable,
        body: body as Uint8Array<ArrayBuffer>,
        credentials: 'omit',
        cache: 'no-store',
        signal: cut.signal,
      })
      clearTimeout(silence)
      silence = setTimeout(end, silenceMsMax)
      const text = await response.text()
      return { status: response.status, header: (name) => response.headers.get(name) ?? undefined, text }
    } catch (error) {
      signal?.throwIfAborted()
      const why = cut.signal.aborted
        ? `no response for ${silenceMsMax / 1000} seconds`
        : (error as Error).message
      // Browsers don't report whether a byte of the request was sent.
      throw new Unreachable(`${new URL(url).host}: ${why}`, true, error)
    } finally {
      clearTimeout(silence)
      signal?.removeEventListener('abort', end)
    }
  }
}

/** Sends for a session. A call in progress when the session ends never settles, so its result is discarded. */
export function sendUntil(ended: AbortSignal): Send {
  const send = fetchSender()
  const ifGoing = () => (ended.aborted ? new Promise<never>(() => {}) : undefined)
  return async (request) => {
    await ifGoing()
    try {
      return await send(request)
    } finally {
      await ifGoing()
    }
  }
}
