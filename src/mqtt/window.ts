/**
 * The unacknowledged QoS 1 messages of a device. The packet identifier derives from the MessageId, so a message
 * that is sent again on another connection or node keeps its identifier (MQTT-4.4.0-1) unless another message
 * in flight has it.
 */
export class Window {
  readonly #messages = new Map<number, number>()

  get size(): number {
    return this.#messages.size
  }

  /** @returns the packet identifier */
  add(messageId: number): number {
    let packetId = (messageId % 65_535) + 1
    while (this.#messages.has(packetId)) packetId = (packetId % 65_535) + 1
    this.#messages.set(packetId, messageId)
    return packetId
  }

  /** @returns the MessageId; undefined if no message has that identifier */
  acknowledged(packetId: number): number | undefined {
    const messageId = this.#messages.get(packetId)
    this.#messages.delete(packetId)
    return messageId
  }
}
