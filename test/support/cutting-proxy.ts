import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Lifetime } from './process.ts'

/** What happens to what a client sends: the connection ends before the server has it, or before it answers. */
export type Cut = 'before' | 'after'

/** Stands between a client and a server, and breaks connections at chosen messages. */
export interface CuttingProxy {
  /** The same URL by way of the proxy. */
  readonly url: string
  /** Breaks each connection at the first message that has `text` in it, so many times. */
  cut(how: Cut, text: string, times?: number): void
  /** Cuts that were asked for and have not happened. */
  readonly left: number
  /** Carries nothing more either way, as a server that hangs or a cable that was pulled; until it is taken back. */
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
      // The server has done it and says so, to nobody.
      if (deaf) end()
      else client.write(chunk)
    })
    // Who listens for data makes it flow.
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
