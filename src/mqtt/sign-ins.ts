import type { DeviceConnection } from './connection.ts'
import type { Door } from './door.ts'
import { signInsAtOnce, signInsWaitingMax } from './limits.ts'
import type { ConnectPacket } from './packets/packet.ts'
import type { SignedInDevice } from './service.ts'

interface Waiting {
  readonly connection: DeviceConnection
  readonly packet: ConnectPacket
}

/** Concurrent and waiting sign-ins. Both are limited, so that a reconnecting fleet can't exhaust memory. */
export class SignIns {
  readonly #door: Door
  #active = 0
  #waiting: Waiting[] = []
  /** Index of the first pending entry in `#waiting`. */
  #next = 0

  constructor(door: Door) {
    this.#door = door
  }

  /** @returns false if too many are waiting */
  add(connection: DeviceConnection, packet: ConnectPacket): boolean {
    if (this.#active < signInsAtOnce) this.#begin({ connection, packet })
    else if (this.#waiting.length - this.#next < signInsWaitingMax) this.#waiting.push({ connection, packet })
    else return false
    return true
  }

  async #begin({ connection, packet }: Waiting): Promise<void> {
    this.#active++
    try {
      await this.#signIn(connection, packet)
    } catch (error) {
      this.#door.broke(error as Error)
      connection.refuse('unavailable')
    }
    this.#active--
    this.#beginNext()
  }

  #beginNext(): void {
    while (this.#next < this.#waiting.length && this.#active < signInsAtOnce) {
      const one = this.#waiting[this.#next++]!
      if (!one.connection.hasEnded) this.#begin(one)
    }
    if (this.#next === this.#waiting.length || this.#next > 1000) {
      this.#waiting = this.#waiting.slice(this.#next)
      this.#next = 0
    }
  }

  async #signIn(connection: DeviceConnection, packet: ConnectPacket): Promise<void> {
    const { service } = this.#door
    const { address, port, serverName, encrypted } = connection.origin
    const { clientId, userName, password } = packet
    const result = await service.signIn({
      clientId,
      userName,
      password,
      address,
      port,
      serverName,
      encrypted,
    })
    if (result.kind === 'refused') connection.refuse(result.reason)
    else if (!this.#door.mayConnect(result.device)) connection.refuse('connect rate')
    else if (!connection.hasEnded) await this.#attach(connection, packet, result.device)
  }

  async #attach(connection: DeviceConnection, packet: ConnectPacket, device: SignedInDevice): Promise<void> {
    const attachment = await this.#door.service.attach(device, connection)
    if (attachment === undefined) connection.refuse('unavailable')
    else if (connection.hasEnded) attachment.ended('the connection was closed')
    else connection.opened(device, attachment, packet)
  }
}
