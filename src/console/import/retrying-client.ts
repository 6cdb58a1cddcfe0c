import type { Client, Send } from '../../client/client.ts'
import { Unreachable } from '../../client/outcome.ts'
import type { Pace } from '../../client/pace.ts'
import type { AccessKey } from '../../client/sign.ts'
import { connect } from '../shell/connection.ts'
import { fetchSender } from '../shell/sending.ts'
import type { FromWorker } from './messages.ts'

/** The longest wait until the client tries again to reach the server, in milliseconds. */
const retryMsMax = 2000
/** A quota that admits some calls in each second does not refuse one call so often. */
const refusalsMax = 3

/**
 * A client for work that continues whatever happens to the network: it repeats calls that only read until they are
 * answered. It never repeats a call that imports; its caller looks up the result first.
 * @param tell is given each change of the connection, and of a quota that refuses a call again and again
 * @param signal ends waiting
 * @param cut ends calls under way, too
 */
export function retryingClient(
  accessKey: AccessKey,
  pace: Pace,
  tell: (message: FromWorker) => void,
  signal: AbortSignal,
  cut?: AbortSignal,
): Client {
  const sendNow = fetchSender(cut)
  let isLost = false
  let isHeld = false
  const noteHeld = (next: boolean) => {
    if (next !== isHeld) tell({ type: 'quota', isHeld: next })
    isHeld = next
  }
  const noteLost = (next: boolean) => {
    if (next !== isLost) tell({ type: 'connection', isLost: next })
    isLost = next
  }
  const send: Send = async (request) => {
    try {
      const answered = await sendNow(request)
      // A server that is out of order, or a proxy that answers in its place.
      noteLost(answered.status >= 500)
      return answered
    } catch (error) {
      if (error instanceof Unreachable) noteLost(true)
      throw error
    }
  }
  const client = connect(accessKey, {
    send,
    onThrottled(times) {
      pace.throttled()
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
