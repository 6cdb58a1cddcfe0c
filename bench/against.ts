/**
 * Compares checks on this commit with a former one; both servers take turns in one run, so that disturbances of
 * the machine affect both (docs/performance.md).
 */
import { join, resolve } from 'node:path'
import { type Contestant, runContest, type Turns } from './contest.ts'
import { checkedOut, storesOf } from './former.ts'
import { Generator } from './load/generator.ts'
import { displayed, table } from './measure.ts'
import { memoryOf } from './probes.ts'
import { type Server, startServer } from './servers/child.ts'
import { startOurWorkersOf } from './servers/ours.ts'
import { settle } from './settle.ts'
import type { Size } from './size.ts'

/** The kinds of calls, with the number of connections. */
const kinds = { quick: 8, registered: 8, shuffled: 8, query: 8, small: 32 } as const
type Kind = keyof typeof kinds

/** Maximum ratio of a row's cost to its former cost. */
const worseBy = 1.05

export interface Comparison {
  readonly ref: string
  readonly floor: Turns
  readonly rows: Readonly<Record<Kind, { readonly former: Turns; readonly present: Turns }>>
  /** Memory of the largest worker, in MB. */
  readonly memory: { readonly former: number; readonly present: number }
}

/** @param ref a commit in the repository, as git names it */
export async function compareWith(
  ref: string,
  folder: string,
  kept: string,
  size: Size,
  tell: (what: string) => void,
): Promise<Comparison> {
  const tree = checkedOut(ref, folder)
  const registered = size.registered.medium
  const stores = await storesOf(
    tree,
    join(kept, `against-${registered}-${ref.replaceAll('/', '-')}`),
    registered,
    tell,
  )
  const generator = new Generator()
  const servers: Server[] = []
  const started = async (starting: Promise<Server>) => {
    const server = await starting
    servers.push(server)
    return server
  }
  try {
    const floor = await started(startServer(new URL('servers/floor.ts', import.meta.url)))
    const former = await started(startOurWorkersOf(tree, stores.former))
    const present = await started(startOurWorkersOf(resolve('.'), stores.present))
    const workloadOf = (kind: Kind) => ({ kind, lists: size.lists, registered })
    for (const server of [former, present]) await settle(server, workloadOf('quick'), generator)
    const contestants: Record<string, Contestant> = {
      floor: { server: floor, workload: workloadOf('quick'), connections: 4 },
    }
    for (const [kind, connections] of Object.entries(kinds) as [Kind, number][]) {
      contestants[`former ${kind}`] = { server: former, workload: workloadOf(kind), connections }
      contestants[`present ${kind}`] = { server: present, workload: workloadOf(kind), connections }
    }
    tell(`by turns: ${Object.keys(contestants).join(', ')} …`)
    const turns = await runContest(contestants, generator, size)
    const rowOf = (kind: string) => ({ former: turns[`former ${kind}`]!, present: turns[`present ${kind}`]! })
    return {
      ref,
      floor: turns.floor!,
      rows: Object.fromEntries(Object.keys(kinds).map((kind) => [kind, rowOf(kind)])) as Comparison['rows'],
      memory: { former: memoryOf(former), present: memoryOf(present) },
    }
  } finally {
    generator.close()
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** The rows that have become more expensive. */
export const losing = ({ rows }: Comparison): string[] =>
  Object.entries(rows)
    .filter(([, { former, present }]) => present.cpuMs > worseBy * former.cpuMs)
    .map(([kind]) => kind)

export function printComparison(comparison: Comparison, cpu: string, judged: boolean): void {
  const { ref, floor, rows, memory } = comparison
  const lines = Object.entries(rows).map(([kind, { former, present }]) => [
    kind,
    displayed(former.cpuMs),
    displayed(present.cpuMs),
    displayed(present.cpuMs / former.cpuMs),
    displayed(present.callsPerSecond / former.callsPerSecond),
    kind === 'small' ? '' : displayed(former.cpuMs / floor.cpuMs),
    kind === 'small' ? '' : displayed(present.cpuMs / floor.cpuMs),
  ])
  const heads = ['', 'former CPU ms', 'CPU ms', 'CPU ×', 'rate ×', 'former to the floor', 'to the floor']
  const lost = losing(comparison)
  const words = [
    `Node.js ${process.version}, ${cpu}, compared with ${ref}`,
    table(heads, lines),
    `Memory of a worker: ${displayed(memory.present)} MB, formerly ${displayed(memory.former)} MB`,
    !judged
      ? 'A quick run judges nothing.'
      : lost.length === 0
        ? 'No row loses.'
        : `LOST: ${lost.join(', ')}`,
  ]
  process.stdout.write(`${words.join('\n\n')}\n`)
}
