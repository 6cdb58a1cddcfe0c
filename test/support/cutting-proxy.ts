import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Lifetime } from './process.ts'

/** When the connection is cut: before the server has the message, or before it answers. */
export type Cut = 'before' | 'after'

/** A proxy that cuts connections at chosen messages. */
export interface CuttingProxy {
  /** The same URL through the proxy. */
  readonly url: string
  /** Cuts each connection at the first message that contains `text`, `times` times. */
  cut(how: Cut, text: string, times?: number): void
  /** Requested cuts that have not happened yet. */
  readonly left: number
  /** Transfers nothing in either direction, like a hanging server or a pulled cable, until switched off. */
  stall(on: boolean): void
}

export async function cuttingProxy(t: Lifetime, target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let stalled = false
  let asked: { readonly how: Cut; readonly text: string; left: number } | undefined

  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname)
    let deaf = false
    const end = () => {
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    client.on('data', (chunk) => {
      if (asked !== undefined && asked.left > 0 && chunk.includes(asked.text)) {
        asked.left--
        if (asked.how === 'before') return end()
        deaf = true
      }
      server.write(chunk)
    })
    server.on('data', (chunk) => {
      // The server has executed it and answers, but the client does not get the answer.
      if (deaf) end()
      else client.write(chunk)
    })
    // Adding a data listener resumes the stream.
    if (stalled) for (const socket of [client, server]) socket.pause()
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    proxy.close()
  })
  return {
    url: Object.assign(new URL(target), { port: String((proxy.address() as AddressInfo).port) }).href,
    cut(how, text, times = 1) {
      asked = { how, text, left: times }
    },
    get left() {
      return asked?.left ?? 0
    },
    stall(on) {
      stalled = on
      for (const socket of sockets) stalled ? socket.pause() : socket.resume()
    },
  }
}
