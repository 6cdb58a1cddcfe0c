/** The targets: what each is about, what it needs measured, and what must hold. */
import { cpus } from 'node:os'
import type { Turns } from './contest.ts'
import type { Latency } from './measure.ts'
import type { EventLoop, Start } from './probes.ts'
import { devicesPerCall } from './workload.ts'

/** Who takes turns under load: on which server, and with which calls. */
export const contestants = {
  floor: { server: 'floor', kind: 'quick', connections: 4 },
  floorPair: { server: 'floorPair', kind: 'quick', connections: 8 },
  plain: { server: 'plain', kind: 'quick', connections: 4 },
  go: { server: 'go', kind: 'quick', connections: 4 },
  python: { server: 'python', kind: 'quick', connections: 4 },
  none: { server: 'none', kind: 'quick', connections: 8 },
  small: { server: 'small', kind: 'quick', connections: 8 },
  medium: { server: 'medium', kind: 'quick', connections: 8 },
  former: { server: 'former', kind: 'quick', connections: 8 },
  large: { server: 'large', kind: 'quick', connections: 8 },
  postgres: { server: 'postgres', kind: 'quick', connections: 8 },
  query: { server: 'medium', kind: 'query', connections: 8 },
  formerQuery: { server: 'former', kind: 'query', connections: 8 },
  registered: { server: 'medium', kind: 'registered', connections: 8 },
  formerRegistered: { server: 'former', kind: 'registered', connections: 8 },
  shuffled: { server: 'medium', kind: 'shuffled', connections: 8 },
  formerShuffled: { server: 'former', kind: 'shuffled', connections: 8 },
  oneDevice: { server: 'medium', kind: 'small', connections: 32 },
} as const

export type ContestantName = keyof typeof contestants
export type ServerName = (typeof contestants)[ContestantName]['server']

/** Target for the CPU of a check, as a multiple of the floor's; an EPYC computes HMACs faster than the rest. */
const cpuToFloor = cpus()[0]?.model.includes('EPYC') ? 2.6 : 2

/** A measurement of a single server, and that server. */
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
  /** Contestants measured for comparison if their runtimes are installed. */
  readonly beside?: readonly ContestantName[]
  measure(figures: Figures): number
  /** Further remarks. */
  more?(figures: Figures): object
}

/** Ratio of two rates. */
const rateRatio = (name: ContestantName, base: ContestantName, what: string, target: number): Row => ({
  what,
  unit: '×',
  bound: 'at least',
  target,
  needs: [name, base],
  measure: ({ turns }) => turns[name].callsPerSecond / turns[base].callsPerSecond,
  more: ({ turns }) => ({
    devicesPerSecond: turns[name].callsPerSecond * devicesPerCall,
    ofDevicesPerSecond: turns[base].callsPerSecond * devicesPerCall,
  }),
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
  'cpu-to-former': cpuRatio('medium', 'former', 'CPU of a full check to the former commit’s', 0.56),
  'rate-to-former': rateRatio('medium', 'former', 'rate of full checks to the former commit’s', 1.6),
  'registered-to-former': cpuRatio(
    'registered',
    'formerRegistered',
    'the same CPU, every name registered',
    0.7,
  ),
  'shuffled-to-former': cpuRatio(
    'shuffled',
    'formerShuffled',
    'the same CPU, shuffled, an escape in each value',
    0.6,
  ),
  'query-to-former': cpuRatio('query', 'formerQuery', 'the same CPU, V3 in the request line', 0.7),
  'cpu-to-floor': cpuRatio('medium', 'floor', 'CPU of a full check to the floor’s', cpuToFloor),
  'rate-to-floor': rateRatio(
    'none',
    'floorPair',
    'rate of full checks to the floor’s, two processes each, empty store',
    0.6,
  ),
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
  'growth-10k-1m': cpuRatio('medium', 'small', 'CPU, 1,000,000 registered to 10,000', 1.15),
  'growth-1m-10m': cpuRatio('large', 'medium', 'CPU, 10,000,000 registered to 1,000,000', 1.15),
  'postgres-rate': rateRatio('postgres', 'medium', 'rate on PostgreSQL to SQLite’s', 0.9),
  'plain-to-ours': {
    what: 'CPU of the plain way’s call to ours',
    unit: '×',
    bound: 'at least',
    target: 20,
    needs: ['plain', 'medium'],
    beside: ['go', 'python'],
    measure: ({ turns }) => turns.plain.cpuMs / turns.medium.cpuMs,
    more: ({ turns }) => ({ plainCpuMs: turns.plain.cpuMs, oursCpuMs: turns.medium.cpuMs }),
  },
  'memory-10m': {
    what: 'memory of a worker after load, 10,000,000 registered',
    unit: 'MB',
    bound: 'at most',
    target: 560,
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

/** Whether a row needs a former commit, which only a repository has. */
const needsFormer = ({ needs }: Row) =>
  needs.some((need) => need in contestants && contestants[need as ContestantName].server === 'former')

/** Returns the rows that can be measured with or without a former commit. */
export const measurable = (hasFormer: boolean): Readonly<Record<string, Row>> =>
  hasFormer ? rows : Object.fromEntries(Object.entries(rows).filter(([, row]) => !needsFormer(row)))

export const isMet = ({ bound, target }: Row, measured: number): boolean =>
  bound === 'at least' ? measured >= target : measured <= target
