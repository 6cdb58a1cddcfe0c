/**
 * The port between the nodes of a store: it carries short messages and their answers, independent of their
 * meaning and of the store. Drivers are beside this file.
 */
export interface Transport {
  /** Address at which other nodes reach this one; opaque except to the driver. */
  readonly address: string
  /**
   * Sends a message to a node and waits for its answer, at most 5 seconds.
   * @throws Unreachable if no answer arrived; the message may have arrived nevertheless
   */
  send(address: string, message: Uint8Array): Promise<Uint8Array>
  /** Answers what has arrived, then stops. */
  close(): Promise<void>
}

/** Answers a message of another node within 5 seconds. */
export type AnswerMessage = (message: Uint8Array) => Promise<Uint8Array>

export type OpenTransport = (answer: AnswerMessage) => Promise<Transport>

/** A node did not answer: it has stopped, or the network between the two is down. */
export class Unreachable extends Error {}

/** The transport of a process that is the only one on its store. */
export const noOtherNodes: OpenTransport = async () => ({
  address: 'this process',
  send: async (address) => {
    throw new Unreachable(`there is no other node, and none at ${address}`)
  },
  close: async () => {},
})
