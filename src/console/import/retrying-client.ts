import type { Client, Send } from '../../client/client.ts'
import { Unreachable } from '../../client/outcome.ts'
import type { Pace } from '../../client/pace.ts'
import type { AccessKey } from '../../client/sign.ts'
import { connect } from '../shell/connection.ts'
import { fetchSender } from '../shell/sending.ts'
import type { FromWorker } from './messages.ts'

/** Maximum delay between attempts to reach the server, in milliseconds. */
const retryMsMax = 2000
/** A quota that admits some calls each second does not refuse one call more often than this. */
const refusalsMax = 3

/**
 * Creates a client for work that continues through network failures: it repeats read-only calls until they are
 * answered. It never repeats an import call; its caller looks up the result first.
 * @param tell receives changes of the connection, and of a quota that refuses a call repeatedly
 * @param signal ends waiting
 * @param cut aborts calls in progress, too
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
      // The server is failing, or a proxy answers in its place.
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

/** Waits, at most until the browser reports that it is online. @throws the abort reason of `signal` */
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
