import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** The proof of a request between nodes; it reveals no secret. */
export interface Proof {
  /** Random per process: 32 hexadecimal digits. */
  readonly sender: string
  /** Counts the requests of the sender. */
  readonly count: number
  /** Milliseconds since 1970 UTC by the sender's clock. */
  readonly time: number
  /** SHA-256 of the body, hexadecimal. */
  readonly hash: string
  /** HMAC-SHA256 of all that and the receiver, hexadecimal. */
  readonly mac: string
}

/**
 * Maximum clock difference of two nodes, in milliseconds: the same as between client and server (design §6).
 */
const skewMs = 15 * 60_000
/** How many later requests of a sender may overtake a request. */
const overtakingMax = 4096
/** A sender that was silent for this long is dropped; its requests would be too old. */
const senderMs = 2 * skewMs + 60_000

const senderForm = /^[0-9a-f]{32}$/
const digestForm = /^[0-9a-f]{64}$/

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const hmac = (key: Buffer, parts: readonly (string | number)[]): string =>
  createHmac('sha256', key)
    .update(['rollcall node message 1', ...parts].join('\n'))
    .digest('hex')

/** Creates the proof of a request to a receiver. */
export function prove(key: Buffer, receiver: string, facts: Omit<Proof, 'mac'>): Proof {
  const { sender, count, time, hash } = facts
  return { ...facts, mac: hmac(key, ['request', receiver, sender, count, time, hash]) }
}

/** Creates the proof of a response to a request. */
export const proveAnswer = (key: Buffer, request: Proof, body: Uint8Array): string =>
  hmac(key, ['answer', request.mac, sha256(body)])

/** Compares hexadecimal digests in constant time. */
export function isSame(a: string, b: string): boolean {
  return (
    digestForm.test(a) && digestForm.test(b) && timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'))
  )
}

interface Sender {
  highest: number
  readonly seen: Set<number>
  at: number
}

/** Verifies proofs of requests to one receiver, and accepts each once. */
export class Proofs {
  readonly #key: Buffer
  readonly #receiver: string
  readonly #now: () => number
  readonly #senders = new Map<string, Sender>()

  constructor(key: Buffer, receiver: string, now: () => number) {
    this.#key = key
    this.#receiver = receiver
    this.#now = now
  }

  /**
   * @returns the fault: `forged` if the key's holder did not make it for this receiver, `late` if the clocks of
   * the nodes differ by more than 15 minutes, `repeated` if the request was received before
   */
  verify(proof: Proof): 'forged' | 'late' | 'repeated' | undefined {
    const { sender, count, time } = proof
    if (!senderForm.test(sender) || !isSame(prove(this.#key, this.#receiver, proof).mac, proof.mac))
      return 'forged'
    if (Math.abs(this.#now() - time) > skewMs) return 'late'
    return this.#isNew(sender, count) ? undefined : 'repeated'
  }

  #isNew(name: string, count: number): boolean {
    const at = this.#now()
    let sender = this.#senders.get(name)
    if (sender === undefined) {
      for (const [other, { at: last }] of this.#senders) if (at - last > senderMs) this.#senders.delete(other)
      sender = { highest: 0, seen: new Set(), at }
      this.#senders.set(name, sender)
    }
    sender.at = at
    if (count <= sender.highest - overtakingMax || sender.seen.has(count)) return false
    sender.seen.add(count)
    sender.seen.delete(count - overtakingMax)
    sender.highest = Math.max(sender.highest, count)
    if (sender.seen.size > 2 * overtakingMax)
      for (const old of sender.seen) if (old <= sender.highest - overtakingMax) sender.seen.delete(old)
    return true
  }
}
