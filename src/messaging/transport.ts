/**
 * The port between the nodes of a store: it carries short messages and their answers, and knows neither what they mean
 * nor any store. Drivers stand beside this file.
 */
export interface Transport {
  /** Where other nodes reach this one. Only the drivers know what it means. */
  readonly address: string
  /**
   * Sends a message to a node and waits for its answer, at most 5 seconds.
   * @throws Unreachable when none came; the message may have arrived all the same
   */
  send(address: string, message: Uint8Array): Promise<Uint8Array>
  /** Answers what has arrived, then ends. */
  close(): Promise<void>
}

/** Answers a message of another node, within 5 seconds. */
export type AnswerMessage = (message: Uint8Array) => Promise<Uint8Array>

export type OpenTransport = (answer: AnswerMessage) => Promise<Transport>

/** No answer came from a node: it has ended, or the network between the two is down. */
export class Unreachable extends Error {}

/** The transport of a process that has its store to itself. */
export const noOtherNodes: OpenTransport = async () => ({
  address: 'this process',
  send: async (address) => {
    throw new Unreachable(`there is no other node, and none at ${address}`)
  },
  close: async () => {},
})
