import type { Connection, SignedInDevice, UpMessage } from '../mqtt/service.ts'
import type { NodeAnswer, RequestEnd, RequestMessage } from './node-messages.ts'

interface Waiting {
  /** The topic of the answer, in the form in which the request was sent. */
  readonly topic: string
  readonly ended: (end: RequestEnd) => void
  readonly timer: NodeJS.Timeout
}

const extended = '/ext/rrpc/'

/** The pending requests (RRPC) to one device, on the node that it is connected to. */
export class DeviceRequests {
  readonly #connection: Connection
  readonly #prefix: string
  readonly #waiting = new Map<number, Waiting>()

  constructor({ productKey, name }: SignedInDevice, connection: Connection) {
    this.#connection = connection
    this.#prefix = `/sys/${productKey}/${name}/rrpc/`
  }

  /** Sends a request. @param ended called once, unless its timeout is 0 */
  send({ id, topic, payload, timeoutMs }: RequestMessage, ended: (end: RequestEnd) => void): NodeAnswer {
    const isExtended = topic !== undefined && this.#takesExtended()
    const sentOn = isExtended ? `${extended}${id}${topic}` : `${this.#prefix}request/${id}`
    const result = this.#connection.deliver({ id, topic: sentOn, payload, qos: 0 })
    if (result !== 'sent' || timeoutMs === 0) return result
    const timer = setTimeout(() => this.#end(id, { code: 'TIMEOUT' }), timeoutMs)
    this.#waiting.set(id, { topic: isExtended ? sentOn : `${this.#prefix}response/${id}`, ended, timer })
    return 'sent'
  }

  /** @returns whether the message answers a pending request */
  answer({ topic, payload }: UpMessage): boolean {
    if (this.#waiting.size === 0) return false
    const id = idOf(topic, topic.startsWith(extended) ? extended : `${this.#prefix}response/`)
    if (id === undefined || this.#waiting.get(id)?.topic !== topic) return false
    this.#end(id, { code: 'SUCCESS', payload })
    return true
  }

  /** The connection has ended; no answer can arrive. */
  end(): void {
    for (const id of this.#waiting.keys()) this.#end(id, { code: 'HALFCONN' })
  }

  #end(id: number, end: RequestEnd): void {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return
    this.#waiting.delete(id)
    clearTimeout(waiting.timer)
    waiting.ended(end)
  }

  /** True with bit 0 of `ext=`, or if the device has subscribed to such topics. */
  #takesExtended(): boolean {
    const { takesExtendedRrpc } = this.#connection
    return (
      takesExtendedRrpc || this.#connection.subscriptions().some(({ filter }) => filter.startsWith(extended))
    )
  }
}

function idOf(topic: string, prefix: string): number | undefined {
  if (!topic.startsWith(prefix)) return undefined
  const [digits] = topic.slice(prefix.length).split('/', 1)
  return /^\d{1,16}$/.test(digits!) ? Number(digits) : undefined
}
