import { createServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, type TLSSocket, type Server as TlsServer } from 'node:tls'
import { ownClose } from '../lib/own-close.ts'
import { plainAddress } from '../lib/plain-address.ts'
import { type Certificate, secureContext } from '../lib/secure-context.ts'
import { Arrivals } from './arrivals.ts'
import type { Door } from './door.ts'
import { connectTimeoutMs } from './limits.ts'

export interface ListenOptions {
  readonly host: string
  /** TCP ports, which also serve TLS if there is a certificate. */
  readonly ports: readonly WantedPort[]
  /** The port for TLS only. */
  readonly tlsPort: WantedPort | undefined
  readonly certificate: Certificate | undefined
  /** 48 bytes shared by the processes on a port, so that a device can resume its TLS session at any of them. */
  readonly ticketKeys: Buffer | undefined
  /**
   * Shares the ports with other processes that do the same, each with a queue of its own (SO_REUSEPORT): the system
   * spreads connections evenly, and queues as many times more. `first` refuses ports that other servers have.
   */
  readonly reusePort?: 'first' | 'further' | undefined
}

export interface WantedPort {
  /** 0: any free port. */
  readonly number: number
  /** Whether a port in use is an error; otherwise the other ports are opened without it. */
  readonly asked: boolean
}

export interface Listening {
  /** The TCP ports in the order of the options; undefined for one that another process uses. */
  readonly ports: readonly (number | undefined)[]
  readonly tlsPort: number | undefined
  readonly skipped: readonly WantedPort[]
  renew(certificate: Certificate): void
  /** Stops accepting connections. */
  close(): void
}

/** Length of the accept queue, for when many devices connect at once. */
const backlog = 4096

/**
 * Opens the ports for devices.
 * @throws Error of the system if a port can't be opened; then no port is open
 */
export async function listen(door: Door, options: ListenOptions): Promise<Listening> {
  const { host, certificate, ticketKeys, reusePort } = options
  const tls =
    certificate &&
    createTlsServer({
      ...secureContext(certificate),
      noDelay: true,
      ticketKeys,
      handshakeTimeout: connectTimeoutMs,
    })
  tls?.on('secureConnection', (socket) => acceptTls(door, socket))
  const startTls = tls && ((socket: Duplex) => tls.emit('connection', socket))
  const open: (() => void)[] = []
  const skipped: WantedPort[] = []
  const start = async (server: Server, port: WantedPort) => {
    const close = ownClose(server)
    try {
      if (reusePort === 'first') await refuseTaken(host, port.number)
      await listening(server, host, port.number, reusePort !== undefined)
    } catch (error) {
      if (port.asked || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      skipped.push(port)
      return undefined
    }
    open.push(() => close())
    return (server.address() as { readonly port: number }).port
  }
  try {
    const ports: (number | undefined)[] = []
    for (const port of options.ports) {
      let { number } = port
      const arrivals = new Arrivals((socket) => acceptPlain(door, socket, number, startTls))
      const server = createServer({ noDelay: true, pauseOnConnect: true }, (socket) => arrivals.add(socket))
      const listened = await start(server, port)
      if (listened !== undefined) {
        number = listened
        open.push(() => arrivals.close())
      }
      ports.push(listened)
    }
    const tlsPort = tls && options.tlsPort !== undefined ? await start(tls, options.tlsPort) : undefined
    return {
      ports,
      tlsPort,
      skipped,
      renew: (next) => (tls as TlsServer | undefined)?.setSecureContext(secureContext(next)),
      close: () => closeAll(open),
    }
  } catch (error) {
    closeAll(open)
    throw error
  }
}

function closeAll(open: readonly (() => void)[]): void {
  for (const close of open) close()
}

/** A port that is shared could be another server's just as well. @throws Error of the system when it is in use */
async function refuseTaken(host: string, port: number): Promise<void> {
  const server = createServer()
  await listening(server, host, port, false)
  await new Promise((resolve) => server.close(resolve))
}

const listening = (server: Server, host: string, port: number, reusePort: boolean) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog, reusePort, exclusive: reusePort }, () => {
      server.off('error', reject)
      // Errors of an open port concern single connections; it continues to accept others.
      server.on('error', () => {})
      resolve()
    })
  })

/** @param port where it was accepted; asking the system costs as much as reading a packet */
function acceptPlain(
  door: Door,
  socket: Socket,
  port: number,
  startTls: ((socket: Duplex) => void) | undefined,
): void {
  const { remoteAddress } = socket
  // A connection that is already closed has no address.
  if (remoteAddress === undefined) {
    socket.destroy()
    return
  }
  const origin = {
    address: plainAddress(remoteAddress),
    port,
    serverName: undefined,
    encrypted: false,
    startTls,
  }
  door.accept(socket, origin)
  socket.resume()
}

function acceptTls(door: Door, socket: TLSSocket): void {
  const {
    remoteAddress,
    localPort = 0,
    servername,
  } = socket as TLSSocket & { readonly servername?: string | false }
  if (remoteAddress === undefined) socket.destroy()
  else
    door.accept(socket, {
      address: plainAddress(remoteAddress),
      port: localPort,
      serverName: servername || undefined,
      encrypted: true,
    })
}
