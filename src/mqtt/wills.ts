import type { Clock } from '../lib/clock.ts'
import type { Will } from './packets/packet.ts'
import type { Attachment } from './service.ts'

/** Bytes of wills that wait, altogether; with more, a will is sent without its delay. */
const waitingBytesMax = 32 * 1024 * 1024

interface WaitingWill {
  readonly will: Will
  readonly attachment: Attachment
  /** By the clock's elapsed time. */
  readonly dueAt: number
}

/** MQTT 5 wills whose delay is running (§3.1.3.2.2): each is sent when it has passed, unless the device has resumed its session. */
export class DelayedWills {
  readonly #clock: Pick<Clock, 'elapsed'>
  readonly #failed: (error: Error) => void
  /** By the number of the device. */
  readonly #waiting = new Map<number, WaitingWill>()
  #bytes = 0

  constructor(clock: Pick<Clock, 'elapsed'>, failed: (error: Error) => void) {
    this.#clock = clock
    this.#failed = failed
  }

  /**
   * A connection with a will has ended.
   * @param device its number
   * @param sessionSeconds how long its session goes on: the will is sent when that ends
   */
  ended(device: number, attachment: Attachment, will: Will, sessionSeconds: number): void {
    const delayMs = 1000 * Math.min(will.delaySeconds, sessionSeconds)
    if (delayMs === 0 || this.#bytes + will.payload.length > waitingBytesMax) {
      publishWill(attachment, will)
      return
    }
    this.#take(device)
    this.#waiting.set(device, { will, attachment, dueAt: this.#clock.elapsed() + delayMs })
    this.#bytes += will.payload.length
  }

  /** A device has connected here. @param sessionPresent whether it resumes its session; otherwise the former session has ended */
  connected(device: number, sessionPresent: boolean): void {
    if (this.#waiting.size === 0) return
    const waiting = this.#take(device)
    if (waiting !== undefined && !sessionPresent) publishWill(waiting.attachment, waiting.will)
  }

  /** Sends the wills that are due. Called about once a second. @param now the clock's elapsed time */
  sweep(now: number): void {
    for (const [device, { dueAt }] of this.#waiting) if (dueAt <= now) this.#due(this.#take(device)!)
  }

  #take(device: number): WaitingWill | undefined {
    const waiting = this.#waiting.get(device)
    if (waiting === undefined) return undefined
    this.#waiting.delete(device)
    this.#bytes -= waiting.will.payload.length
    return waiting
  }

  /** The device may have connected to another node. */
  #due({ attachment, will }: WaitingWill): void {
    attachment.isResumed().then((isResumed) => {
      if (!isResumed) publishWill(attachment, will)
    }, this.#failed)
  }
}

/** A will is a message of the device like any other. */
function publishWill(attachment: Attachment, { topic, payload, qos, properties }: Will): void {
  attachment.published({ topic, payload, qos: qos === 0 ? 0 : 1, properties })?.catch(() => {})
}
