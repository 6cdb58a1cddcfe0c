/**
 * Measures imports, registrations and look-ups through the API on both stores, with full durability.
 *
 *   npm run bench -- --writes            1,000,000 devices registered; about 4 minutes
 *   npm run bench -- --writes --quick    100,000; judges nothing
 */
import { join } from 'node:path'
import { type Bare, barePostgres, bareSqlite } from './bare.ts'
import { postedBody } from './calls/call.ts'
import { hasSucceeded } from './calls/expected.ts'
import { type SignedBody, signedCall, signedList } from './calls/v1.ts'
import { drive } from './load/loops.ts'
import { displayed, table } from './measure.ts'
import type { Server } from './servers/child.ts'
import { startDatabase } from './servers/database.ts'
import { startOurs } from './servers/ours.ts'
import { fillStore } from './store.ts'
import {
  caller,
  type Device,
  devicesPerCall,
  newDevices,
  newDevicesInSequence,
  registeredDevices,
  registeredNames,
} from './workload.ts'

export interface WriteFigures {
  readonly sequenceRowsPerSecond: number
  readonly randomRowsPerSecond: number
  /** The same rows written directly. */
  readonly bareSequenceRowsPerSecond: number
  readonly bareRandomRowsPerSecond: number
  readonly registeredPerSecond: number
  readonly lookedUpPerSecond: number
}

export interface WriteSize {
  readonly registered: number
  /** Imports of 10,000 per measurement. */
  readonly imports: number
  readonly smallMs: number
}

/** Targets in rows or calls per second. */
const targets = {
  sqlite: { sequenceRowsPerSecond: 100_000, randomRowsPerSecond: 30_000, lookedUpPerSecond: 3000 },
  postgres: {
    sequenceRowsPerSecond: 100_000,
    randomRowsPerSecond: 100_000,
    registeredPerSecond: 1500,
    lookedUpPerSecond: 3000,
  },
} as const satisfies Record<string, Partial<WriteFigures>>

export type Writes = Readonly<Record<keyof typeof targets, WriteFigures>>

export async function measureWrites(
  folder: string,
  size: WriteSize,
  tell: (what: string) => void,
): Promise<Writes> {
  tell('SQLite …')
  const sqlite = await measureOn(join(folder, 'sqlite'), size, bareSqlite(join(folder, 'bare.db')))
  tell('PostgreSQL …')
  const database = await startDatabase()
  try {
    const postgres = await measureOn(
      join(folder, 'postgres'),
      size,
      await barePostgres(database.url()),
      database.url(),
    )
    return { sqlite, postgres }
  } finally {
    await database.close()
  }
}

async function measureOn(
  data: string,
  size: WriteSize,
  bare: Bare,
  database?: string,
): Promise<WriteFigures> {
  // In random order, as a fleet grows: a tree filled in order would split its pages now.
  await fillStore(data, Array.from({ length: size.registered }, registeredNames()), database)
  const server = await startOurs(data, ...(database === undefined ? [] : ['--database', database]))
  try {
    await fillBare(bare, size.registered)
    const inSequence = batches(newDevicesInSequence(), 2 * size.imports)
    const atRandom = batches(newDevices(), 2 * size.imports)
    // A first half warms up; the reference and Rollcall take turns under the same conditions.
    const halves = (all: readonly Device[][]) =>
      [all.slice(0, size.imports), all.slice(size.imports)] as const
    const figures: number[] = []
    for (const [warmUp, measured] of [halves(inSequence), halves(atRandom)]) {
      await imported(server, warmUp)
      figures.push(await imported(server, measured), await written(bare, measured))
    }
    const [sequence, bareSequence, random, bareRandom] = figures as [number, number, number, number]
    const singles = newDevicesInSequence()
    const registered = await called(server, size.smallMs, () => {
      const { DeviceName, ...device } = singles()
      return signedCall('ImportDevice', {
        ProductKey: caller.productKey,
        DeviceName: `one-${DeviceName}`,
        ...device,
      })
    })
    const known = registeredDevices()
    const lookedUp = await called(server, size.smallMs, () =>
      signedCall('QueryDeviceInfo', { ProductKey: caller.productKey, DeviceName: known().DeviceName }),
    )
    return {
      sequenceRowsPerSecond: sequence,
      randomRowsPerSecond: random,
      bareSequenceRowsPerSecond: bareSequence,
      bareRandomRowsPerSecond: bareRandom,
      registeredPerSecond: registered,
      lookedUpPerSecond: lookedUp,
    }
  } finally {
    await Promise.all([server.stop(), bare.close()])
  }
}

export const batches = (next: () => Device, count: number, devices = devicesPerCall) =>
  Array.from({ length: count }, () => Array.from({ length: devices }, next))

async function fillBare(bare: Bare, count: number): Promise<void> {
  for (const batch of batches(registeredDevices(), count / devicesPerCall)) await bare.write(batch)
}

/** Rows per second of imports over HTTP, three calls in progress, signed before the clock starts. */
export async function imported(server: Server, lists: readonly (readonly Device[])[]): Promise<number> {
  const signed = lists.map((devices) => signedList('BatchImportDevice', devices))
  const next = () => postedBody(signed.pop()!, hasSucceeded)
  const { milliseconds } = await drive(server.url, next, {
    kind: 'closed',
    connections: 3,
    calls: lists.length,
  })
  return lists.flat().length / (milliseconds / 1000)
}

async function written(bare: Bare, lists: readonly (readonly Device[])[]): Promise<number> {
  const from = performance.now()
  for (const devices of lists) await bare.write(devices)
  return (lists.length * devicesPerCall) / ((performance.now() - from) / 1000)
}

/** Small calls per second, 32 in progress, measured in the second half of the time. */
async function called(server: Server, milliseconds: number, next: () => SignedBody): Promise<number> {
  const posted = () => postedBody(next(), hasSucceeded)
  const half = { kind: 'closed', connections: 32, milliseconds: milliseconds / 2 } as const
  await drive(server.url, posted, half)
  const load = await drive(server.url, posted, half)
  return load.calls / (load.milliseconds / 1000)
}

/** Describes the missed targets. */
export function missed(writes: Writes): string[] {
  return Object.entries(targets).flatMap(([store, wanted]) =>
    Object.entries(wanted)
      .filter(([name, least]) => writes[store as keyof Writes][name as keyof WriteFigures] < least)
      .map(([name, least]) => `${store} ${name}: at least ${least.toLocaleString('en')}`),
  )
}

export function printWrites(writes: Writes, { registered }: WriteSize, judged: boolean): void {
  const names = Object.keys(writes.sqlite) as (keyof WriteFigures)[]
  const rows = names.map((name) => [
    `  ${name}`,
    ...(['sqlite', 'postgres'] as const).flatMap((store) => {
      const least = (targets[store] as Partial<WriteFigures>)[name]
      return [displayed(writes[store][name]), least === undefined ? '' : least.toLocaleString('en')]
    }),
  ])
  const lines = [
    `Imports of ${devicesPerCall.toLocaleString('en')} devices, registrations and look-ups through the API, ${registered.toLocaleString('en')} registered, commits on disk`,
    table(['', 'SQLite', 'at least', 'PostgreSQL', 'at least'], rows),
    '',
    judged
      ? missed(writes).length === 0
        ? 'All targets are met.'
        : `MISSED: ${missed(writes).join('; ')}`
      : 'A quick run judges nothing.',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
