/**
 * What strangers' bytes cost before they are refused, against an empty node:http answer to the same bytes and one
 * SHA-256 of them.
 *
 *   npm run bench -- --hostile            every shape; fails when one is too dear; about 4 minutes
 *   npm run bench -- --hostile --quick    short rounds; judges nothing
 *   npm run bench -- --hostile --only json,chunk    the shapes whose names have one of these in them
 */
import { startServer } from '../servers/child.ts'
import { startOurs } from '../servers/ours.ts'
import { caller } from '../workload.ts'
import { type HostileSize, measureShape } from './measure.ts'
import type { Hostile } from './report.ts'
import { shapes } from './shapes.ts'

/**
 * @param folder for the store
 * @param only parts of the names of the shapes to measure, with commas between them; all when not given
 */
export async function measureHostile(
  folder: string,
  size: HostileSize,
  only: string | undefined,
  tell: (what: string) => void,
): Promise<Hostile> {
  const parts = (only ?? '').toLowerCase().split(',')
  const chosen = shapes.filter(({ name }) => parts.some((part) => name.toLowerCase().includes(part)))
  if (chosen.length === 0) throw new Error(`--only: no shape has ${JSON.stringify(only)} in its name`)
  const { accessKeyId, accessKeySecret, productKey } = caller
  const keys = [
    '--access-key-id',
    accessKeyId,
    '--access-key-secret',
    accessKeySecret,
    '--product-key',
    productKey,
  ]
  const ours = await startOurs(folder, ...keys, '--log-level', 'error')
  const empty = await startServer(new URL('../servers/empty.ts', import.meta.url))
  try {
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
