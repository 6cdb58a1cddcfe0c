import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endsWithUs } from '../../test/support/reaper.ts'
import { connectByTls, connectDevices, publish, tlsSession } from './load.ts'
import type { Ready, Usage } from './usage.ts'

export interface MqttSize {
  /** Idle connections; each process may open 20,000 descriptors. */
  readonly held: number
  /** Connections whose processor time counts, after others have warmed up the server. */
  readonly connects: number
  readonly publishers: number
  /** Messages per publisher. */
  readonly messages: number
  readonly tlsConnects: number
}

/** The cost of one server. */
export interface MqttFigures {
  /** Microseconds of processor time. */
  readonly connect: number
  readonly qos0: number
  readonly qos1: number
  readonly tlsConnect: number
  readonly tlsResumed: number
  /** Bytes of memory per connection, without the kernel's. */
  readonly bytes: number
}

class Server {
  readonly #child: ChildProcess
  ready!: Ready

  constructor(file: string, args: readonly string[]) {
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    })
    endsWithUs(this.#child, 'process')
  }

  async started(): Promise<this> {
    const [ready] = await once(this.#child, 'message')
    this.ready = ready as Ready
    return this
  }

  async usage(): Promise<Usage> {
    this.#child.send('usage')
    const [usage] = await once(this.#child, 'message')
    return usage as Usage
  }

  /** Microseconds of processor time per item, for `count` items. */
  async cost(count: number, act: () => Promise<unknown>): Promise<number> {
    const before = await this.usage()
    await act()
    return ((await this.usage()).cpu - before.cpu) / count
  }

  async end(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}

async function measure(server: Server, size: MqttSize, tell: (what: string) => void): Promise<MqttFigures> {
  const { port, tlsPort, productKey } = server.ready
  const { held, connects, publishers, messages, tlsConnects } = size
  const idle = await server.usage()
  tell('warms up')
  const warm = await connectDevices(0, held - connects, port, productKey)
  tell('connects')
  const before = await server.usage()
  const sockets = await connectDevices(held - connects, held, port, productKey)
  const after = await server.usage()
  const cost = { connect: (after.cpu - before.cpu) / connects, bytes: (after.rss - idle.rss) / held }
  tell('publishes')
  // They were not connected in the order of their numbers, so each publisher is connected again.
  const numbers = Array.from({ length: publishers }, (_, i) => held - 1 - i)
  const own = await connectDevices(held - publishers, held, port, productKey, 1)
  const order = numbers.toReversed()
  const send = (qos: 0 | 1, each: number) => publish(own, order, each, qos, productKey)
  await send(0, 200)
  const qos0 = await server.cost(publishers * messages, () => send(0, messages))
  await send(1, 200)
  const qos1 = await server.cost(publishers * messages, () => send(1, messages))
  for (const socket of [...warm, ...sockets, ...own]) socket.destroy()
  tell('connects by TLS')
  await connectByTls(Math.min(50, tlsConnects), tlsPort, productKey)
  const tlsConnect = await server.cost(tlsConnects, () => connectByTls(tlsConnects, tlsPort, productKey))
  const session = await tlsSession(tlsPort, productKey)
  const tlsResumed = await server.cost(tlsConnects, () =>
    connectByTls(tlsConnects, tlsPort, productKey, session),
  )
  return { ...cost, qos0, qos1, tlsConnect, tlsResumed }
}

export interface MqttComparison {
  readonly ours: MqttFigures
  /** Our door without a store. */
  readonly door: MqttFigures
  readonly aedes: MqttFigures
}

/** Measures Rollcall, its door alone and aedes one after the other, with the same load. */
export async function measureMqtt(
  folder: string,
  size: MqttSize,
  tell: (what: string) => void,
): Promise<MqttComparison> {
  const run = async (name: string, server: Server) => {
    tell(`${name} starts`)
    const figures = await measure(await server.started(), size, (what) => tell(`${name} ${what}`))
    await server.end()
    return figures
  }
  const ours = await run('rollcall', new Server('ours.ts', [join(folder, 'mqtt'), `${size.held}`]))
  const door = await run('the door alone', new Server('door.ts', []))
  const aedes = await run('aedes', new Server('aedes.ts', []))
  return { ours, door, aedes }
}
