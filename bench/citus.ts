/**
 * Measures the cost of an imported row for the servers of a Citus cluster, compared with one PostgreSQL (docs/guide/scale-out.md).
 *
 *   npm run bench -- --citus            about 4 minutes; fails when a target is missed
 *   npm run bench -- --citus --quick    judges nothing
 *
 * It needs PostgreSQL's server programs with Citus installed.
 */
import { join } from 'node:path'
import { openTables } from '../src/storage/open.ts'
import { CitusCluster, noCitus } from '../test/support/citus-cluster.ts'
import { postedBody } from './calls/call.ts'
import { hasSucceeded } from './calls/expected.ts'
import { signedCall } from './calls/v1.ts'
import { drive } from './load/loops.ts'
import { displayed, median, table } from './measure.ts'
import { cpuMillisecondsOf } from './processes.ts'
import type { Server } from './servers/child.ts'
import { startDatabase } from './servers/database.ts'
import { startOurs } from './servers/ours.ts'
import { fillStore } from './store.ts'
import { caller, newDevices, registeredNames } from './workload.ts'
import { batches, imported } from './writes.ts'

export interface CitusSize {
  readonly registered: number
  /** Rounds per store. The first one warms up and does not count. */
  readonly turns: number
  /** Imports of 10,000 devices per round. */
  readonly imports: number
}

/** Medians of the rounds. */
interface Cost {
  /** User and system time of all database servers, in microseconds per row. */
  readonly databaseCpuUs: number
  /** The same of the node. */
  readonly nodeCpuUs: number
  readonly rowsPerSecond: number
}

interface Compared {
  readonly what: string
  readonly plain: Cost
  readonly citus: Cost
  /** Maximum cost of a row for the cluster's database servers, as a multiple of PostgreSQL's. */
  readonly cpuAtMost?: number
}

interface Store {
  readonly server: Server
  /** The root processes of all database servers. */
  databases(): number[]
}

export async function compareCitus(
  folder: string,
  size: CitusSize,
  tell: (what: string) => void,
): Promise<Compared[]> {
  const missing = noCitus()
  if (missing !== undefined) throw new Error(missing)
  const database = await startDatabase()
  const cluster = await CitusCluster.start(
    'shared_buffers=512MB',
    'max_wal_size=8GB',
    'checkpoint_timeout=15min',
  )
  try {
    tell('filling …')
    await (await openTables(folder, cluster.url)).migrate()
    cluster.command('spread')
    const names = Array.from({ length: size.registered }, registeredNames())
    const stores: Store[] = []
    for (const [name, url, databases] of [
      ['plain', database.url(), () => [database.pid!]],
      ['citus', cluster.url, () => cluster.nodes().map((node) => cluster.pid(node))],
    ] as const) {
      const data = join(folder, name)
      await fillStore(data, names, url)
      stores.push({ server: await startOurs(data, '--database', url), databases })
    }
    try {
      return await compared(stores as [Store, Store], size, tell)
    } finally {
      await Promise.all(stores.map(({ server }) => server.stop()))
    }
  } finally {
    await Promise.all([database.close(), cluster.close()])
  }
}

async function compared(stores: readonly [Store, Store], size: CitusSize, tell: (what: string) => void) {
  const next = newDevices()
  const register = () =>
    postedBody(signedCall('ImportDevice', { ProductKey: caller.productKey, ...next() }), hasSucceeded)
  const measurements: [
    what: string,
    cpuAtMost: number | undefined,
    run: (server: Server) => Promise<number>,
  ][] = [
    ['imports of 10,000 devices', 2.5, (server) => rows(server, size.imports, 10_000)],
    ['imports of 1,000 devices', undefined, (server) => rows(server, size.imports, 1000)],
    ['imports of 100 devices', undefined, (server) => rows(server, 5 * size.imports, 100)],
    ['registrations, 32 under way', undefined, (server) => registrations(server, 100 * size.imports)],
  ]
  async function rows(server: Server, imports: number, devices: number): Promise<number> {
    await imported(server, batches(next, imports, devices))
    return imports * devices
  }
  async function registrations(server: Server, calls: number): Promise<number> {
    await drive(server.url, register, { kind: 'closed', connections: 32, calls })
    return calls
  }
  const found: Compared[] = []
  for (const [what, cpuAtMost, run] of measurements) {
    tell(`${what} …`)
    const costs: [Cost[], Cost[]] = [[], []]
    for (let turn = 0; turn < size.turns; turn++) {
      for (const [i, store] of stores.entries()) costs[i]!.push(await costOf(store, run))
    }
    const [plain, citus] = costs.map((turns) => middle(turns.slice(1))) as [Cost, Cost]
    found.push({ what, plain, citus, ...(cpuAtMost !== undefined && { cpuAtMost }) })
  }
  return found
}

async function costOf({ server, databases }: Store, run: (server: Server) => Promise<number>): Promise<Cost> {
  const databaseCpu = () => databases().reduce((sum, pid) => sum + cpuMillisecondsOf(pid), 0)
  const [database, node, from] = [databaseCpu(), cpuMillisecondsOf(server.pid), performance.now()]
  const rows = await run(server)
  return {
    databaseCpuUs: ((databaseCpu() - database) * 1000) / rows,
    nodeCpuUs: ((cpuMillisecondsOf(server.pid) - node) * 1000) / rows,
    rowsPerSecond: (rows * 1000) / (performance.now() - from),
  }
}

const middle = (turns: readonly Cost[]): Cost => ({
  databaseCpuUs: median(turns.map((cost) => cost.databaseCpuUs)),
  nodeCpuUs: median(turns.map((cost) => cost.nodeCpuUs)),
  rowsPerSecond: median(turns.map((cost) => cost.rowsPerSecond)),
})

const cpuRatio = ({ plain, citus }: Compared) => citus.databaseCpuUs / plain.databaseCpuUs

/** Describes the missed targets. */
export const missedOnCitus = (figures: readonly Compared[]): string[] =>
  figures
    .filter((figure) => figure.cpuAtMost !== undefined && !(cpuRatio(figure) <= figure.cpuAtMost))
    .map((figure) => `${figure.what}: at most ${figure.cpuAtMost} ×`)

export function printCitus(figures: readonly Compared[], { registered }: CitusSize, judged: boolean): void {
  const rows = figures.map((figure) => [
    figure.what,
    displayed(figure.plain.databaseCpuUs),
    displayed(figure.citus.databaseCpuUs),
    `${displayed(cpuRatio(figure))} ×`,
    figure.cpuAtMost === undefined ? '' : `${figure.cpuAtMost} ×`,
    displayed(figure.plain.nodeCpuUs),
    displayed(figure.citus.nodeCpuUs),
    displayed(figure.plain.rowsPerSecond),
    displayed(figure.citus.rowsPerSecond),
  ])
  const missed = missedOnCitus(figures)
  const lines = [
    `CPU of all database servers for a row: one PostgreSQL, and Citus with a coordinator and two workers; ${registered.toLocaleString('en')} registered, commits on disk`,
    table(
      ['', 'PostgreSQL µs', 'Citus µs', 'ratio', 'at most', 'node µs', '… on Citus', 'rows/s', '… on Citus'],
      rows,
    ),
    '',
    judged
      ? missed.length === 0
        ? 'All targets are met.'
        : `MISSED: ${missed.join('; ')}`
      : 'A quick run judges nothing.',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
