import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { workersOf } from '../cli/load.ts'
import type { Node } from '../support/nodes.ts'
import type { PostgresServer } from '../support/postgres-server.ts'
import type { Place, Process } from '../support/process.ts'
import { send } from '../support/sign.ts'
import type { Chance } from './clients.ts'

/** The targets: servers on fixed ports, and the database that they share. */
export interface Target {
  readonly place: Place
  readonly nodes: Node[]
  /** Flags of each node. */
  readonly flags: readonly (readonly string[])[]
  readonly database: PostgresServer | undefined
  readonly workers: number
  readonly chance: Chance
}

/** How long a node may take until it serves again, in milliseconds: a stopped worker is killed after five seconds. */
const healthyMs = 60_000
/** The longest time for which a process is stopped, and after which a start is killed, in milliseconds. */
const stoppedMs = 1000
const startingMs = 1500

const one = ({ nodes, chance }: Target) => chance(nodes.length)

async function restart(target: Target, i: number): Promise<void> {
  const { place, nodes, flags } = target
  await nodes[i]!.process.stop('SIGKILL')
  nodes[i] = await place.serve(...flags[i]!)
}

/** Kills a node, then kills its next start at a random moment, then starts it. */
async function killStart(target: Target): Promise<void> {
  const { place, nodes, flags, chance } = target
  const i = one(target)
  await nodes[i]!.process.stop('SIGKILL')
  const started = place.startServer(...flags[i]!)
  await Promise.race([delay(chance(startingMs)), started.ended])
  await started.stop('SIGKILL')
  nodes[i] = await place.serve(...flags[i]!)
}

/** Stops a process for a while. */
async function pause({ process: { child } }: Node, chance: Chance): Promise<void> {
  child.kill('SIGSTOP')
  await delay(chance(stoppedMs))
  child.kill('SIGCONT')
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has just ended by itself.
  }
}

/** Waits until a node has other workers than those. */
async function replaced(node: Process, pids: readonly number[]): Promise<void> {
  const until = performance.now() + healthyMs
  while (workersOf(node).some((pid) => pids.includes(pid))) {
    if (performance.now() > until) throw new Error(`the workers ${pids} were not replaced: ${node.stderr}`)
    await delay(50)
  }
}

async function strikeWorkers(target: Target, count: number, signal: NodeJS.Signals): Promise<void> {
  const { process: node } = target.nodes[one(target)]!
  const all = workersOf(node)
  const first = target.chance(all.length)
  const struck = [...all.slice(first), ...all.slice(0, first)].slice(0, count)
  for (const pid of struck) kill(pid, signal)
  await replaced(node, struck)
}

/** Kills workers of a node while those that replace them start. */
async function killStartingWorkers(target: Target): Promise<void> {
  for (let n = 0; n < 3; n++) {
    const { process: node } = target.nodes[one(target)]!
    for (const pid of workersOf(node)) if (target.chance(2) === 0) kill(pid, 'SIGKILL')
    await delay(target.chance(startingMs / 2))
  }
}

const always: Readonly<Record<string, (target: Target) => Promise<void>>> = {
  'one node killed': (target) => restart(target, one(target)),
  'all nodes killed': async (target) => {
    await Promise.all(target.nodes.map(({ process }) => process.stop('SIGKILL')))
    await Promise.all(
      target.nodes.map(async (_, i) => (target.nodes[i] = await target.place.serve(...target.flags[i]!))),
    )
  },
  'a start killed': killStart,
  'a node stopped for a while': (target) => pause(target.nodes[one(target)]!, target.chance),
}

const withWorkers: typeof always = {
  'one worker killed': (target) => strikeWorkers(target, 1, 'SIGKILL'),
  'all workers killed': (target) => strikeWorkers(target, target.workers, 'SIGKILL'),
  'starting workers killed': killStartingWorkers,
  'a worker stopped for ever': (target) => strikeWorkers(target, 1, 'SIGSTOP'),
}

const withDatabase: typeof always = {
  'the database killed': async ({ database }) => {
    await database!.kill9()
    await database!.start()
  },
  'the database stopped at once': async ({ database }) => {
    await database!.stop('immediate')
    await database!.start()
  },
}

const withBoth: typeof always = {
  'the database and all workers killed': async (target) => {
    const struck = target.nodes.flatMap(({ process }) => workersOf(process))
    await target.database!.kill9()
    for (const pid of struck) kill(pid, 'SIGKILL')
    await delay(target.chance(stoppedMs))
    await target.database!.start()
  },
}

/** The strikes that a target takes. */
export const strikesOn = (target: Target) =>
  Object.entries({
    ...always,
    ...(target.workers > 1 && withWorkers),
    ...(target.database && withDatabase),
    ...(target.workers > 1 && target.database && withBoth),
  })

/** Waits until a node says of itself that it can serve; nothing restarts it for that. */
export async function healthy({ url, process }: Node): Promise<void> {
  const until = performance.now() + healthyMs
  for (let told = ''; ; ) {
    if (process.child.exitCode !== null || process.child.signalCode !== null)
      throw new Error(`a node has died: ${process.stderr.slice(-2000)}`)
    if (performance.now() > until)
      throw new Error(`a node is not healthy: ${told}: ${process.stderr.slice(-2000)}`)
    try {
      const { status, text } = await send(url, { method: 'GET', path: '/healthz' })
      if (status === 200) return
      told = text
    } catch (error) {
      // All of its workers are dead for the moment.
      told = (error as Error).message
    }
    await delay(10)
  }
}

/** Ends nodes in order. */
export async function stopAll(nodes: readonly Node[]): Promise<void> {
  for (const { process } of nodes) {
    process.child.kill('SIGTERM')
    if (process.child.exitCode === null && process.child.signalCode === null)
      await once(process.child, 'exit')
  }
}
