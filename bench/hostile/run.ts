/**
 * Measures the cost of unauthenticated requests until they are refused, compared with an empty node:http response
 * to the same bytes and one SHA-256 of them.
 *
 *   npm run bench -- --hostile            every shape; fails when one is too dear; about 3 minutes
 *   npm run bench -- --hostile --quick    short rounds; judges nothing
 *   npm run bench -- --hostile --only json,chunk    the shapes whose names have one of these in them
 *   npm run bench -- --hostile --only flood,limit   valid calls during a flood; one address under --failed-calls
 */
import { join } from 'node:path'
import { type Server, startServer } from '../servers/child.ts'
import { startOurs } from '../servers/ours.ts'
import { caller } from '../workload.ts'
import { type FloodFigures, type FloodSize, measureFlood } from './flood.ts'
import { failedCallsPerSecond, type Limited, measureLimited } from './limited.ts'
import { type HostileSize, measureShape, warmUp } from './measure.ts'
import type { Hostile } from './report.ts'
import { shapes } from './shapes.ts'

export interface HostileRun {
  readonly shapes: Hostile
  readonly limited?: Limited
  readonly flood?: FloodFigures
}

/**
 * @param folder for the stores
 * @param only comma-separated parts of shape names; all shapes if omitted
 */
export async function measureHostile(
  folder: string,
  size: HostileSize & {
    readonly warmUpMs: number
    readonly limitedSeconds: number
    readonly flood: FloodSize
  },
  only: string | undefined,
  tell: (what: string) => void,
): Promise<HostileRun> {
  const parts = (only ?? '').toLowerCase().split(',')
  const isChosen = (name: string) => parts.some((part) => name.toLowerCase().includes(part))
  const chosen = shapes.filter(({ name }) => isChosen(name))
  if (chosen.length === 0 && !isChosen('flood') && !isChosen('limit'))
    throw new Error(`--only: no shape has ${JSON.stringify(only)} in its name`)
  const { accessKeyId, accessKeySecret, productKey } = caller
  const keys = [
    '--access-key-id',
    accessKeyId,
    '--access-key-secret',
    accessKeySecret,
    '--product-key',
    productKey,
  ]
  const options = [...keys, '--log-level', 'error']
  const measured = async () => {
    const ours = await startOurs(join(folder, 'shapes'), ...options)
    const empty = await startServer(new URL('../servers/empty.ts', import.meta.url))
    try {
      await warmUp(
        chosen.filter((shape) => shape.isSmall),
        [ours, empty],
        size.warmUpMs,
      )
      const figures: Record<string, Hostile[string]> = {}
      for (const shape of chosen) {
        tell(`${shape.name} …`)
        figures[shape.name] = await measureShape(shape, ours, empty, size)
      }
      return figures
    } finally {
      await Promise.all([ours.stop(), empty.stop()])
    }
  }
  const during = async <T>(
    name: string,
    settings: readonly string[],
    measure: (server: Server) => Promise<T>,
  ) => {
    if (!isChosen(name)) return undefined
    tell(`${name} …`)
    const server = await startOurs(join(folder, name), ...options, ...settings)
    try {
      return await measure(server)
    } finally {
      await server.stop()
    }
  }
  const figures = chosen.length === 0 ? {} : await measured()
  const limited = await during('limit', ['--failed-calls', String(failedCallsPerSecond)], (server) =>
    measureLimited(server, size.limitedSeconds),
  )
  const flood = await during('flood', ['--quota', 'off'], (server) => measureFlood(server, size.flood))
  return { shapes: figures, ...(limited && { limited }), ...(flood && { flood }) }
}
