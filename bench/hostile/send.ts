import { connect } from 'node:net'
import { AnswerReader } from '../load/answer.ts'

/**
 * Sends the chunks on a new connection, each after the previous response, and reads until the server closes it.
 * @returns the status of the first response
 * @throws Error if there is none
 */
export function send(url: string, pieces: readonly Buffer[]): Promise<number> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let status: number | undefined
    let sent = 0
    const answer = new AnswerReader()
    const socket = connect({ port: Number(port), host: hostname, noDelay: true })
    const next = () => socket.write(pieces[sent++]!)
    socket.on('data', (chunk) => {
      if (sent === pieces.length && sent > 1) return
      status ??= Number(chunk.toString('latin1', 'HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
      if (pieces.length > 1 && answer.take(chunk)) next()
    })
    // The server may cut a refused client that is still sending.
    socket.on('error', () => {})
    socket.on('close', () => {
      if (status === undefined) reject(new Error(`${url} did not answer`))
      else resolve(status)
    })
    socket.on('end', () => socket.end())
    next()
  })
}
