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
  /** After so many seconds the devices that are not connected yet give up. */
  readonly secondsMax: number
}

export interface FleetReport {
  /** Until the last device had its SUBACK, or gave up. */
  readonly seconds: number
  /** Devices that gave up. */
  readonly missing: number
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
let isOver = false
/** Sockets of devices that have no SUBACK yet. */
const pending = new Set<Socket>()

/** CONNACK (4 bytes) and SUBACK of three filters (7 bytes). @returns false if the device must retry */
function attempt(i: number, { port, productKey }: FleetOrder): Promise<boolean> {
  const localAddress = `127.0.${1 + Math.floor(i / perAddress)}.1`
  const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true })
  sockets.set(i, socket)
  pending.add(socket)
  socket.on('error', () => {})
  return new Promise((resolve) => {
    const ended = () => {
      pending.delete(socket)
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
      pending.delete(socket)
      socket.off('close', ended).removeAllListeners('data').resume()
      resolve(true)
    })
  })
}

/** @returns false when it gave up */
async function device(i: number, order: FleetOrder): Promise<boolean> {
  for (let tries = 0; !isOver; tries++) {
    if (await attempt(i, order)) return true
    await pause(isOver ? 0 : Math.min(5000, 250 * 2 ** tries))
  }
  return false
}

async function run(order: FleetOrder): Promise<FleetReport> {
  refused = broken = 0
  isOver = false
  const { from, to } = order
  if (order.kind === 'storm') {
    await Promise.all(
      // The server may have closed some before.
      [...sockets.values()]
        .filter((socket) => !socket.closed)
        .map((socket) => {
          const closed = once(socket, 'close')
          socket.destroy()
          return closed
        }),
    )
  }
  const begun = performance.now()
  const deadline = setTimeout(() => {
    isOver = true
    for (const socket of pending) socket.destroy()
  }, 1000 * order.secondsMax)
  let next = from
  let missing = 0
  const line = async () => {
    while (next < to) if (!(await device(next++, order))) missing++
  }
  await Promise.all(Array.from({ length: order.kind === 'storm' ? to - from : atOnce }, line))
  clearTimeout(deadline)
  return { seconds: (performance.now() - begun) / 1000, missing, refused, broken }
}

process.on('message', async (order: FleetOrder) => process.send!(await run(order)))
process.on('disconnect', () => process.exit())
