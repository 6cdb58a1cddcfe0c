/** Measures what some rows need, and nothing else. */
import { join } from 'node:path'
import { Cast } from './cast.ts'
import { type Contestant, runContest, type Turns } from './contest.ts'
import type { InProcess } from './in-process.ts'
import { Generator } from './load/generator.ts'
import { memoryOf, probeEventLoop, probeIdleMemory, probeLatency, probeStart } from './probes.ts'
import {
  type ContestantName,
  contestants,
  type Figures,
  type ProbeName,
  probes,
  type Row,
  type ServerName,
} from './rows.ts'
import { hasGo, hasPython } from './servers/other-languages.ts'
import { settle } from './settle.ts'
import type { Size } from './size.ts'
import { measureInProcess } from './stages.ts'
import type { ImportFigures } from './store.ts'

export interface Run {
  readonly figures: Partial<Figures>
  readonly turns: Partial<Record<ContestantName, Turns>>
  readonly inProcess: InProcess | undefined
  readonly fillings: Readonly<Record<string, ImportFigures>>
  readonly size: Size
}

export interface RunOptions {
  readonly rows: readonly Row[]
  /** Whether the stages of a call are measured in process too. */
  readonly stages: boolean
  readonly size: Size
  /** For what is of this run alone. */
  readonly folder: string
  /** For the stores. */
  readonly kept: string
  tell(what: string): void
}

export async function measure({ rows, stages, size, folder, kept, tell }: RunOptions): Promise<Run> {
  const needs = new Set(rows.flatMap((row) => row.needs))
  const beside = rows.flatMap((row) => row.beside ?? []).filter((name) => isInstalled(name))
  const taking = (Object.keys(contestants) as ContestantName[]).filter(
    (name) => needs.has(name) || beside.includes(name),
  )
  const probing = (Object.keys(probes) as ProbeName[]).filter((name) => needs.has(name))
  const cast = new Cast(size, folder, kept, tell)
  const generator = new Generator()
  const workloadOn = (server: ServerName, kind: Contestant['workload']['kind'] = 'quick') => ({
    kind,
    lists: size.lists,
    registered: cast.registeredOf(server),
  })
  const figures: { -readonly [Key in keyof Figures]?: Figures[Key] } = {}
  try {
    let inProcess: InProcess | undefined
    if (stages) {
      const data = await cast.folderOf('medium')
      tell('the stages of a call, in process …')
      inProcess = await measureInProcess(data, size.inProcess)
    }
    if (probing.includes('memoryIdle')) {
      tell('the memory of an idle server …')
      figures.memoryIdle = await probeIdleMemory(join(folder, 'empty'), size.idleMs)
    }
    if (probing.includes('start')) {
      const data = await cast.folderOf('large')
      tell('the start of a server …')
      const { server, start } = await probeStart(data, workloadOn('large'), generator, size.startMs)
      cast.take('large', server)
      figures.start = start
    }

    const serving = new Set<ServerName>(taking.map((name) => contestants[name].server))
    for (const name of probing) if (probes[name] !== undefined) serving.add(probes[name])
    for (const name of serving) {
      const server = await cast.server(name)
      if (hasNoStore(name)) continue
      tell(`${name} loads its names …`)
      await settle(server, workloadOn(name), generator)
    }

    const cares = taking.map(async (name): Promise<[ContestantName, Contestant]> => {
      const { server, kind, connections } = contestants[name]
      return [name, { server: await cast.server(server), workload: workloadOn(server, kind), connections }]
    })
    if (taking.length > 0) tell(`by turns: ${taking.join(', ')} …`)
    const turns = await runContest(Object.fromEntries(await Promise.all(cares)), generator, size)

    for (const [name, on] of [
      ['latencyMedium', 'medium'],
      ['latencyLarge', 'large'],
    ] as const) {
      if (!probing.includes(name)) continue
      tell(`latency, ${cast.registeredOf(on).toLocaleString('en')} registered …`)
      figures[name] = await probeLatency(await cast.server(on), workloadOn(on), generator, size.openMs)
    }
    if (probing.includes('eventLoop')) {
      tell('the event loop …')
      const server = await cast.server('medium')
      figures.eventLoop = await probeEventLoop(server, workloadOn('medium'), generator, size.openMs)
    }
    if (probing.includes('memoryLarge')) figures.memoryLarge = memoryOf(await cast.server('large'))
    figures.turns = turns as Figures['turns']
    return { figures, turns, inProcess, fillings: cast.fillings, size }
  } finally {
    generator.close()
    await cast.close()
  }
}

const hasNoStore = (name: ServerName) => ['floor', 'floorPair', 'plain', 'go', 'python'].includes(name)

const isInstalled = (name: ContestantName) =>
  name === 'go' ? hasGo() : name === 'python' ? hasPython() : true
