import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Random } from '../lib/random.ts'

/** The address on which a node listens for other nodes. */
export type NodeAddressChoice =
  /** For processes on one machine: a socket in a folder that only this user can enter. */
  | { readonly kind: 'socket'; readonly folder: string }
  /** For nodes on several machines. Port 0 uses any free port. */
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }

/** Maximum length of a socket path: 107 bytes on Linux, 103 on macOS. */
const socketPathMax = 103
/** Other nodes use a few connections each. */
const connectionsMax = 1024
const headersTimeoutMs = 5000
const requestTimeoutMs = 10_000
/** How long requests in progress may take when a node stops; most take a millisecond. */
const closingMs = 500

export interface NodeListener {
  /** `unix:` and the socket path, or `host:port`. */
  readonly place: string
  close(): Promise<void>
}

export async function listenForNodes(
  choice: NodeAddressChoice,
  random: Random,
  serve: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<NodeListener> {
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs, keepAliveTimeout: 0 },
    serve,
  )
  server.maxConnections = connectionsMax
  const { place, remove } = await listening(server, choice, random)
  return {
    place,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), closingMs).unref()
      })
      remove()
    },
  }
}

async function listening(server: Server, choice: NodeAddressChoice, random: Random) {
  if (choice.kind === 'tcp') {
    const { host, port } = choice
    await listen(server, { host, port })
    const bound = (server.address() as AddressInfo).port
    return { place: `${host.includes(':') ? `[${host}]` : host}:${bound}`, remove: () => {} }
  }
  await removeDeadSockets(choice.folder)
  const { path, remove } = socketPath(choice.folder, random)
  await listen(server, { path })
  // Windows has named pipes, which only this user's processes and administrators can write to.
  if (process.platform !== 'win32') chmodSync(path, 0o600)
  return { place: `unix:${path}`, remove }
}

function socketPath(folder: string, random: Random): { readonly path: string; readonly remove: () => void } {
  const name = `${process.pid}-${random.bytes(4).toString('hex')}.sock`
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\rollcall-${name}`, remove: () => {} }
  const path = join(folder, name)
  if (Buffer.byteLength(path) <= socketPathMax) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    return { path, remove: () => rmSync(path, { force: true }) }
  }
  // The store's path is too long for a socket.
  const short = mkdtempSync(join(tmpdir(), 'rollcall-'))
  return { path: join(short, name), remove: () => rmSync(short, { recursive: true, force: true }) }
}

/** Removes sockets of killed processes. */
async function removeDeadSockets(folder: string): Promise<void> {
  if (process.platform === 'win32' || !existsSync(folder)) return
  const paths = readdirSync(folder)
    .filter((name) => name.endsWith('.sock'))
    .map((name) => join(folder, name))
  const removals = paths.map(async (path) => {
    const isDead = await new Promise<boolean>((resolve) => {
      const socket = connect({ path }, () => resolve(false))
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'))
      socket.on('connect', () => socket.destroy())
    })
    if (isDead) rmSync(path, { force: true })
  })
  await Promise.all(removals)
}

function listen(server: Server, options: { host?: string; port?: number; path?: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // Workers of one server are separate nodes.
    server.listen({ ...options, exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
