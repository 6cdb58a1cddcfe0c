import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { connectPacket, publishPacket, subscribePacket } from './devices.ts'

/** Connections per source address; an address has about 28,000 ports per destination, which others use too. */
const perAddress = 3000

/** Waits until a socket has received `count` bytes. */
function bytes(socket: Socket, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = count
    const onData = (chunk: Buffer) => {
      left -= chunk.length
      if (left > 0) return
      socket.off('data', onData).off('close', onClose)
      resolve()
    }
    const onClose = () => reject(new Error(`a connection was closed with ${left} bytes to come`))
    socket.on('data', onData).once('close', onClose)
  })
}

const connackBytes = 4
/** SUBACK of three filters. */
const subackBytes = 7
const pubackBytes = 4
const pingresp = 2

/** Connects a device and subscribes it to three filters. */
async function device(i: number, port: number, productKey: string): Promise<Socket> {
  const localAddress = `127.0.${1 + Math.floor(i / perAddress)}.1`
  const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true })
  await once(socket, 'connect')
  socket.write(connectPacket(i, productKey))
  await bytes(socket, connackBytes)
  socket.write(subscribePacket(i, productKey))
  await bytes(socket, subackBytes)
  return socket
}

/** Connects devices `from` to `to`, a number at a time. */
export async function connectDevices(
  from: number,
  to: number,
  port: number,
  productKey: string,
  atOnce = 100,
): Promise<Socket[]> {
  const sockets: Socket[] = []
  let next = from
  const turn = async () => {
    while (next < to) sockets.push(await device(next++, port, productKey))
  }
  await Promise.all(Array.from({ length: atOnce }, turn))
  return sockets
}

/** Makes each device publish messages, `window` at a time, and waits until the server has processed them. */
export async function publish(
  sockets: readonly Socket[],
  numbers: readonly number[],
  each: number,
  qos: 0 | 1,
  productKey: string,
): Promise<void> {
  const window = 50
  await Promise.all(
    sockets.map(async (socket, i) => {
      const messages = Buffer.concat(
        Array.from({ length: window }, () => publishPacket(numbers[i]!, qos, productKey)),
      )
      for (let sent = 0; sent < each; sent += window) {
        socket.write(messages)
        if (qos === 1) await bytes(socket, window * pubackBytes)
        else {
          socket.write(Buffer.from([0xc0, 0]))
          await bytes(socket, pingresp)
        }
      }
    }),
  )
}

/** Returns the TLS session of a device that has connected once, to resume it. */
export function tlsSession(port: number, productKey: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
    socket.once('error', reject)
    // In TLS 1.3 the ticket follows the handshake.
    socket.once('session', (session) => {
      resolve(session)
      socket.destroy()
    })
    socket.once('secureConnect', () => socket.write(connectPacket(0, productKey)))
    socket.resume()
  })
}

/**
 * TLS and CONNECT, one after the other on each of `atOnce` lines.
 * @param session session to resume; undefined for full handshakes
 */
export async function connectByTls(
  count: number,
  port: number,
  productKey: string,
  session?: Buffer,
  atOnce = 20,
): Promise<void> {
  let next = 0
  const turn = async () => {
    while (next < count) {
      const i = next++
      const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, session })
      await once(socket, 'secureConnect')
      if (session !== undefined && !socket.isSessionReused()) throw new Error('a TLS session was not resumed')
      socket.write(connectPacket(i, productKey))
      await bytes(socket, connackBytes)
      socket.destroy()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, turn))
}
