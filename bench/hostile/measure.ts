/** The CPU time that an unauthenticated client's bytes cost a server. */
import { createHash } from 'node:crypto'
import { cpuMilliseconds } from '../measure.ts'
import { cpuMillisecondsOf } from '../processes.ts'
import type { Server } from '../servers/child.ts'
import { leastOfV1 } from './least.ts'
import { send } from './send.ts'
import type { Shape } from './shapes.ts'

export interface HostileSize {
  /** Measured rounds; one more warms up. */
  readonly rounds: number
  /** Duration of one shape on one server in a round, in milliseconds. */
  readonly turnMs: number
}

export interface HostileFigures {
  readonly bytes: number
  /** CPU of one connection in milliseconds, for Rollcall and for an empty node:http response. */
  readonly oursMs: number
  readonly emptyMs: number
  /** CPU of one SHA-256 of the same bytes. */
  readonly sha256Ms: number
  /**
   * For a V1 call with an existing key: CPU of an empty response plus decoding, sorting, encoding and signing
   * the parameters, the minimum for any server.
   */
  readonly leastMs?: number
  /** The status of the first answer. */
  readonly status: number
}

/** Both servers take turns, so that disturbances of the machine affect both. */
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
  const pieces = shape.pieces()
  const bytes = Buffer.concat(pieces)
  const emptyMs = spent.empty.cpuMs / spent.empty.count
  const signingMs = leastOfV1(pieces[0]!, turnMs / 2)
  return {
    bytes: bytes.length,
    oursMs: spent.ours.cpuMs / spent.ours.count,
    emptyMs,
    sha256Ms: sha256Of(bytes, turnMs / 4),
    ...(signingMs !== undefined && { leastMs: emptyMs + signingMs * pieces.length }),
    status,
  }
}

/**
 * Sends small calls until the code of both servers is compiled, because the cost of a long attack is measured.
 */
export async function warmUp(shapes: readonly Shape[], servers: readonly Server[], turnMs: number) {
  for (const server of servers) {
    const until = performance.now() + turnMs
    while (performance.now() < until) for (const shape of shapes) await send(server.url, shape.pieces())
  }
}

function sha256Of(bytes: Buffer, milliseconds: number): number {
  const from = cpuMilliseconds()
  let count = 0
  for (; count === 0 || cpuMilliseconds() - from < milliseconds; count++)
    createHash('sha256').update(bytes).digest()
  return (cpuMilliseconds() - from) / count
}
