import type { refusals } from '../../src/rpc/refusals.ts'
import type { Format } from '../../src/rpc/render.ts'
import type { TextAnswer } from './api-server.ts'
import { type CallFor, v1, type WireCall } from './wire-call.ts'
import { listenerRefusal, openWireServer, type WireSettings } from './wire-server.ts'

/**
 * One exchange that is kept as a golden file. What it expects stands here too, so that a golden file that is
 * written anew cannot change it unnoticed.
 */
export interface WireCase {
  /** The golden file's name, without its format. */
  readonly name: string
  /** A sentence that describes what the exchange shows. */
  readonly shows: string
  readonly call?: CallFor
  /** The same, for a call that needs to know what was answered to those before it. */
  readonly callAfter?: (earlier: readonly TextAnswer[]) => CallFor
  /** The problem that the listener reports instead of a call. */
  readonly listener?: readonly [
    key: keyof typeof refusals,
    details: Readonly<Record<string, string | number>>,
  ]
  /** Calls that were made before, on the same server; one may need to know what was answered to those before it. */
  readonly before?: readonly (CallFor | { readonly after: (earlier: readonly TextAnswer[]) => CallFor })[]
  readonly settings?: WireSettings
  /** Set if only one makes sense; both by default. */
  readonly formats?: readonly Format[]
  readonly status: number
  /** None where all is well. */
  readonly code?: string
  /** The row of the table of refusals, where it is not named as the code. */
  readonly row?: keyof typeof refusals
  /** The error's text; one that ends in … is only its beginning. */
  readonly message?: string
  /**
   * The answer besides RequestId and Success, or besides the members of an error: all of it. A regular
   * expression matches a generated text.
   */
  readonly members?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** A case with the folder of its golden files: an operation, or the gateway. */
export interface PlacedCase extends WireCase {
  readonly folder: string
}

export const formatsOf = ({ formats = ['JSON', 'XML'] }: WireCase) => formats

/** An exchange: the call as sent, unless the listener refused it, and the answer. */
export interface Exchange {
  readonly call: WireCall | undefined
  readonly answer: TextAnswer
  /** The error behind an answer that tells of a bug. */
  readonly bug: unknown
}

/** Plays a case on a server of its own. */
export async function play(wireCase: WireCase, format: Format): Promise<Exchange> {
  const { listener, before = [] } = wireCase
  if (listener !== undefined) {
    const call = format === 'XML' ? v1({ Action: 'BatchCheckImportDevice' })('XML') : undefined
    return { call, answer: listenerRefusal(...listener, call), bug: undefined }
  }
  const server = await openWireServer(wireCase.settings)
  try {
    const earlier: TextAnswer[] = []
    for (const call of before) {
      const callFor = typeof call === 'function' ? call : call.after(earlier)
      earlier.push(await server.ask(callFor('JSON')))
    }
    const call = (wireCase.call ?? wireCase.callAfter!(earlier))(format)
    const answer = await server.ask(call)
    return { call, answer, bug: server.calls.at(-1)!.error }
  } finally {
    await server.close()
  }
}
