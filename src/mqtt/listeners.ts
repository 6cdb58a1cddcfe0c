import { createServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, type TLSSocket, type Server as TlsServer } from 'node:tls'
import { ownClose } from '../lib/own-close.ts'
import { plainAddress } from '../lib/plain-address.ts'
import { type Certificate, secureContext } from '../lib/secure-context.ts'
import type { Door } from './door.ts'
import { connectTimeoutMs } from './limits.ts'

export interface ListenOptions {
  readonly host: string
  /** Ports for TCP, on which TLS is served too when there is a certificate. */
  readonly ports: readonly WantedPort[]
  /** The port for TLS alone. */
  readonly tlsPort: WantedPort | undefined
  readonly certificate: Certificate | undefined
  /** 48 bytes that processes on one port share, so that a device resumes its TLS session at any of them. */
  readonly ticketKeys: Buffer | undefined
}

export interface WantedPort {
  /** 0: any free one. */
  readonly number: number
  /** Whether it is an error if another process has it; otherwise the others are listened on without it. */
  readonly asked: boolean
}

export interface Listening {
  /** The TCP ports, in the order of the options; undefined for one that another process has. */
  readonly ports: readonly (number | undefined)[]
  readonly tlsPort: number | undefined
  readonly skipped: readonly WantedPort[]
  renew(certificate: Certificate): void
  /** Takes no new connection any more. */
  close(): void
}

/** Connections that the system has made and that wait to be accepted, when many devices come at once. */
const backlog = 4096

/**
 * Listens for devices.
 * @throws Error of the system when a port can't be had; nothing listens then
 */
export async function listen(door: Door, options: ListenOptions): Promise<Listening> {
  const { host, certificate, ticketKeys } = options
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
      await listening(server, host, port.number)
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
      const server = createServer({ noDelay: true }, (socket) => acceptPlain(door, socket, startTls))
      ports.push(await start(server, port))
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

const listening = (server: Server, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog }, () => {
      server.off('error', reject)
      // A port that listens has nothing to say of the connections that it can't accept: others may come.
      server.on('error', () => {})
      resolve()
    })
  })

function acceptPlain(door: Door, socket: Socket, startTls: ((socket: Duplex) => void) | undefined): void {
  const { remoteAddress, localPort = 0 } = socket
  // A connection that is gone already has no address.
  if (remoteAddress === undefined) socket.destroy()
  else
    door.accept(socket, {
      address: plainAddress(remoteAddress),
      port: localPort,
      serverName: undefined,
      encrypted: false,
      startTls,
    })
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
