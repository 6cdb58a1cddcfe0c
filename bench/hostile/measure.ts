/** What a stranger's bytes cost a server, in CPU time. */
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { AnswerReader } from '../load/answer.ts'
import { cpuMilliseconds } from '../measure.ts'
import { cpuMillisecondsOf } from '../processes.ts'
import type { Server } from '../servers/child.ts'
import type { Shape } from './shapes.ts'

export interface HostileSize {
  /** Rounds that count; one more warms up. */
  readonly rounds: number
  /** How long each server is sent one shape in a round, in milliseconds. */
  readonly turnMs: number
}

export interface HostileFigures {
  readonly bytes: number
  /** CPU of one connection, in milliseconds: Rollcall's, and that of an empty node:http answer. */
  readonly oursMs: number
  readonly emptyMs: number
  /** CPU of one SHA-256 of the same bytes. */
  readonly sha256Ms: number
  /** The status of the first answer. */
  readonly status: number
}

/** Both servers take turns, so that a noisy minute of the machine disturbs both alike. */
export async function measureShape(
  shape: Shape,
  ours: Server,
  empty: Server,
  { rounds, turnMs }: HostileSize,
): Promise<HostileFigures> {
  const spent = { ours: { cpuMs: 0, count: 0 }, empty: { cpuMs: 0, count: 0 } }
  let status = 0
  for (let round = 0; round <= rounds; round++) {
    for (const [name, server] of [
      ['ours', ours],
      ['empty', empty],
    ] as const) {
      const before = cpuMillisecondsOf(server.pid)
      const until = performance.now() + turnMs
      let count = 0
      for (; count === 0 || performance.now() < until; count++) {
        const answered = await send(server.url, shape.pieces())
        if (name === 'ours') status = answered
      }
      if (round === 0 && rounds > 0) continue
      spent[name].cpuMs += cpuMillisecondsOf(server.pid) - before
      spent[name].count += count
    }
  }
  const bytes = Buffer.concat(shape.pieces())
  return {
    bytes: bytes.length,
    oursMs: spent.ours.cpuMs / spent.ours.count,
    emptyMs: spent.empty.cpuMs / spent.empty.count,
    sha256Ms: sha256Of(bytes, turnMs / 4),
    status,
  }
}

function sha256Of(bytes: Buffer, milliseconds: number): number {
  const from = cpuMilliseconds()
  let count = 0
  for (; count === 0 || cpuMilliseconds() - from < milliseconds; count++)
    createHash('sha256').update(bytes).digest()
  return (cpuMilliseconds() - from) / count
}

/**
 * Sends the pieces on a connection of their own, each when the one before it was answered, and reads until the server
 * ends it.
 * @returns the status of the first answer
 * @throws Error when there is none
 */
function send(url: string, pieces: readonly Buffer[]): Promise<number> {
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
    // A refused client may be cut while it still sends.
    socket.on('error', () => {})
    socket.on('close', () => {
      if (status === undefined) reject(new Error(`${url} did not answer`))
      else resolve(status)
    })
    socket.on('end', () => socket.end())
    next()
  })
}
