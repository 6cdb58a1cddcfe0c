import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { connectPacket, subscribePacket } from './devices.ts'

/** A part of a fleet, `from` to `to`, that connects to a port: all at once, or a number at a time. */
export interface FleetOrder {
  readonly kind: 'connect' | 'storm'
  readonly from: number
  readonly to: number
  readonly port: number
  readonly productKey: string
}

export interface FleetReport {
  /** Seconds until the last device had its SUBACK. */
  readonly seconds: number
  /** CONNACKs other than 0. */
  readonly refused: number
  /** Connections that failed or were closed before SUBACK; each was retried. */
  readonly broken: number
}

/** Source addresses: one has about 28,000 ports for a destination. */
const perAddress = 3000
const atOnce = 200
const sockets = new Map<number, Socket>()
let refused = 0
let broken = 0

/** CONNACK (4 bytes) and SUBACK of three filters (7 bytes). @returns false if the device must retry */
function attempt(i: number, { port, productKey }: FleetOrder): Promise<boolean> {
  const localAddress = `127.0.${1 + Math.floor(i / perAddress)}.1`
  const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true })
  sockets.set(i, socket)
  socket.on('error', () => {})
  return new Promise((resolve) => {
    const ended = () => {
      broken++
      resolve(false)
    }
    let received = 0
    socket.once('close', ended)
    socket.once('connect', () => socket.write(connectPacket(i, productKey)))
    socket.on('data', (chunk) => {
      if (received === 0 && chunk[3] !== 0) {
        refused++
        return
      }
      received += chunk.length
      if (received === 4) socket.write(subscribePacket(i, productKey))
      if (received < 11) return
      socket.off('close', ended).removeAllListeners('data').resume()
      resolve(true)
    })
  })
}

async function device(i: number, order: FleetOrder): Promise<void> {
  for (let tries = 0; !(await attempt(i, order)); tries++) await pause(Math.min(5000, 250 * 2 ** tries))
}

async function run(order: FleetOrder): Promise<FleetReport> {
  refused = broken = 0
  const { from, to } = order
  if (order.kind === 'storm') {
    await Promise.all(
      [...sockets.values()].map((socket) => {
        const closed = once(socket, 'close')
        socket.destroy()
        return closed
      }),
    )
  }
  const begun = performance.now()
  let next = from
  const line = async () => {
    while (next < to) await device(next++, order)
  }
  await Promise.all(Array.from({ length: order.kind === 'storm' ? to - from : atOnce }, line))
  return { seconds: (performance.now() - begun) / 1000, refused, broken }
}

process.on('message', async (order: FleetOrder) => process.send!(await run(order)))
process.on('disconnect', () => process.exit())
