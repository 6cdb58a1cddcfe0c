/** The targets: what each is about, what it needs measured, and what must hold. */
import type { Turns } from './contest.ts'
import type { Latency } from './measure.ts'
import type { EventLoop, Start } from './probes.ts'
import { devicesPerCall } from './workload.ts'

/** Who takes turns under load: on which server, and with which calls. */
export const contestants = {
  floor: { server: 'floor', kind: 'quick', connections: 4 },
  plain: { server: 'plain', kind: 'quick', connections: 4 },
  small: { server: 'small', kind: 'quick', connections: 8 },
  medium: { server: 'medium', kind: 'quick', connections: 8 },
  large: { server: 'large', kind: 'quick', connections: 8 },
  postgres: { server: 'postgres', kind: 'quick', connections: 8 },
  query: { server: 'medium', kind: 'query', connections: 8 },
  registered: { server: 'medium', kind: 'registered', connections: 8 },
  shuffled: { server: 'medium', kind: 'shuffled', connections: 8 },
  oneDevice: { server: 'medium', kind: 'small', connections: 32 },
} as const

export type ContestantName = keyof typeof contestants
export type ServerName = (typeof contestants)[ContestantName]['server']

/** What is measured of one server by itself, and of which. */
export const probes = {
  latencyMedium: 'medium',
  latencyLarge: 'large',
  eventLoop: 'medium',
  memoryLarge: 'large',
  memoryIdle: undefined,
  start: 'large',
} as const satisfies Record<string, ServerName | undefined>

export type ProbeName = keyof typeof probes
export type Need = ContestantName | ProbeName

/** All that may be measured; a run has what its rows need. */
export interface Figures {
  readonly turns: Readonly<Record<ContestantName, Turns>>
  readonly latencyMedium: Latency
  readonly latencyLarge: Latency
  readonly eventLoop: EventLoop
  /** In MB. */
  readonly memoryLarge: number
  readonly memoryIdle: number
  readonly start: Start
}

export interface Row {
  readonly what: string
  readonly unit: 'devices/s' | 'calls/s' | 'ms' | '×' | 'MB' | 's'
  readonly bound: 'at least' | 'at most'
  readonly target: number
  readonly needs: readonly Need[]
  measure(figures: Figures): number
  /** What else there is to tell. */
  more?(figures: Figures): object
}

const rate = (name: ContestantName, what: string, target: number): Row => ({
  what,
  unit: 'devices/s',
  bound: 'at least',
  target,
  needs: [name],
  measure: ({ turns }) => turns[name].callsPerSecond * devicesPerCall,
  more: ({ turns }) => turns[name],
})

/** CPU of one's call to the other's; the ratio of their rates is told beside it. */
const cpuRatio = (name: ContestantName, base: ContestantName, what: string, target: number): Row => ({
  what,
  unit: '×',
  bound: 'at most',
  target,
  needs: [name, base],
  measure: ({ turns }) => turns[name].cpuMs / turns[base].cpuMs,
  more: ({ turns }) => ({
    cpuMs: turns[name].cpuMs,
    ofCpuMs: turns[base].cpuMs,
    slowerBy: turns[base].callsPerSecond / turns[name].callsPerSecond,
  }),
})

/** @param needs the probe, and whose turns warm its server up */
const p99 = (
  needs: readonly Need[],
  latencyOf: (figures: Figures) => Latency,
  what: string,
  target: number,
): Row => ({
  what,
  unit: 'ms',
  bound: 'at most',
  target,
  needs,
  measure: (figures) => latencyOf(figures).p99,
  more: latencyOf,
})

export const rows: Readonly<Record<string, Row>> = {
  'rate-1m': rate('medium', 'V1 POST, 10,000 devices, 1,000,000 registered', 3_000_000),
  'rate-10m': rate('large', 'the same, 10,000,000 registered', 2_500_000),
  'p99-1m': p99(
    ['latencyMedium', 'medium'],
    ({ latencyMedium }) => latencyMedium,
    'p99 at 100 calls/s, 1,000,000 registered',
    100,
  ),
  'p99-10m': p99(
    ['latencyLarge', 'large'],
    ({ latencyLarge }) => latencyLarge,
    'p99 at 100 calls/s, 10,000,000 registered',
    100,
  ),
  'cpu-to-floor-1m': cpuRatio('medium', 'floor', 'CPU of a call to the floor’s, 1,000,000 registered', 3.5),
  'cpu-to-floor-10m': cpuRatio('large', 'floor', 'CPU of a call to the floor’s, 10,000,000 registered', 4),
  'query-rate': rate('query', 'V3 request line, 1,000,000 registered', 1_000_000),
  'all-registered': cpuRatio('registered', 'medium', 'CPU, every name registered to none', 2.5),
  shuffled: cpuRatio('shuffled', 'medium', 'CPU, shuffled with escapes to the quick form', 2.5),
  'growth-10k-1m': cpuRatio('medium', 'small', 'CPU, 1,000,000 registered to 10,000', 1.3),
  'growth-1m-10m': cpuRatio('large', 'medium', 'CPU, 10,000,000 registered to 1,000,000', 1.3),
  'postgres-rate': {
    what: 'rate on PostgreSQL to SQLite’s, 1,000,000 registered',
    unit: '×',
    bound: 'at least',
    target: 0.9,
    needs: ['postgres', 'medium'],
    measure: ({ turns }) => turns.postgres.callsPerSecond / turns.medium.callsPerSecond,
    more: ({ turns }) => ({ devicesPerSecond: turns.postgres.callsPerSecond * devicesPerCall }),
  },
  'plain-to-ours': {
    what: 'CPU of the plain way’s call to ours, 1,000,000 registered',
    unit: '×',
    bound: 'at least',
    target: 20,
    needs: ['plain', 'medium'],
    measure: ({ turns }) => turns.plain.cpuMs / turns.medium.cpuMs,
    more: ({ turns }) => ({ plainCpuMs: turns.plain.cpuMs, oursCpuMs: turns.medium.cpuMs }),
  },
  'memory-10m': {
    what: 'memory of a worker after load, 10,000,000 registered',
    unit: 'MB',
    bound: 'at most',
    target: 600,
    needs: ['memoryLarge', 'large'],
    measure: ({ memoryLarge }) => memoryLarge,
  },
  'memory-idle': {
    what: 'memory of an idle worker, empty store',
    unit: 'MB',
    bound: 'at most',
    target: 120,
    needs: ['memoryIdle'],
    measure: ({ memoryIdle }) => memoryIdle,
  },
  'start-10m': {
    what: 'start until ready, 10,000,000 registered',
    unit: 's',
    bound: 'at most',
    target: 2,
    needs: ['start'],
    measure: ({ start }) => start.readyMs / 1000,
    more: ({ start }) => start,
  },
  'names-10m': {
    what: 'all names in memory after the first check, 10,000,000 registered',
    unit: 's',
    bound: 'at most',
    target: 2,
    needs: ['start'],
    measure: ({ start }) => start.namesWholeMs / 1000,
  },
  'small-rate': {
    what: 'signed calls of one device, two workers',
    unit: 'calls/s',
    bound: 'at least',
    target: 5000,
    needs: ['oneDevice'],
    measure: ({ turns }) => turns.oneDevice.callsPerSecond,
    more: ({ turns }) => turns.oneDevice,
  },
  'loop-healthz': p99(
    ['eventLoop', 'medium'],
    ({ eventLoop }) => eventLoop.health,
    'p99 of /healthz while 100 full calls/s run',
    50,
  ),
  'loop-small': p99(
    ['eventLoop', 'medium'],
    ({ eventLoop }) => eventLoop.small,
    'p99 of small calls while 100 full calls/s run',
    50,
  ),
}

export const isMet = ({ bound, target }: Row, measured: number): boolean =>
  bound === 'at least' ? measured >= target : measured <= target
