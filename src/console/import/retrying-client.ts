import type { Client, Send } from '../../client/client.ts'
import { Unreachable } from '../../client/outcome.ts'
import type { AccessKey } from '../../client/sign.ts'
import { connect } from '../shell/connection.ts'
import { fetchSender } from '../shell/sending.ts'

/** How long it is waited, at most, until it is tried again to reach the server; milliseconds. */
const retryMsMax = 2000
/** So often is no call refused by a quota that lets some in each second. */
const refusalsMax = 3

export interface RetryingClientOptions {
  /** Ends waiting. */
  readonly signal: AbortSignal
  /** Ends calls under way: only those that do nothing but ask are cut. */
  readonly cut?: AbortSignal
  /** Told whenever the server is lost or found again. */
  readonly lost: (isLost: boolean) => void
  readonly throttled: () => void
  /** Told whether the quota refuses a call again and again. */
  readonly throttledLong: (isHeld: boolean) => void
}

/**
 * A client for work that goes on whatever becomes of the network: calls that only ask are repeated until they are
 * answered. One that imports is never repeated here; whoever made it asks first what became of it.
 */
export function retryingClient(accessKey: AccessKey, options: RetryingClientOptions): Client {
  const { signal, cut, lost, throttled, throttledLong } = options
  const sendNow = fetchSender(cut)
  let isLost = false
  let isHeld = false
  const noteHeld = (next: boolean) => {
    if (next !== isHeld) throttledLong(next)
    isHeld = next
  }
  const note = (next: boolean) => {
    if (next !== isLost) lost(next)
    isLost = next
  }
  const send: Send = async (request) => {
    try {
      const answered = await sendNow(request)
      // A server that is out of order, or a proxy that answers in its place.
      note(answered.status >= 500)
      return answered
    } catch (error) {
      if (error instanceof Unreachable) note(true)
      throw error
    }
  }
  const client = connect(accessKey, {
    send,
    onThrottled(times) {
      throttled()
      if (times >= refusalsMax) noteHeld(true)
    },
    tries: Number.POSITIVE_INFINITY,
    patienceMs: Number.POSITIVE_INFINITY,
    wait: (milliseconds) => rest(isLost ? Math.min(retryMsMax, milliseconds) : milliseconds, signal),
  })
  return {
    async call(...call) {
      const answer = await client.call(...call)
      noteHeld(false)
      return answer
    },
  }
}

/** Waits, but not longer than until the browser says that there is a network again. @throws the reason of `signal` */
function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      signal.removeEventListener('abort', end)
      if (signal.aborted) reject(signal.reason)
      else resolve()
    }
    const timer = setTimeout(end, milliseconds)
    addEventListener('online', end)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
