/**
 * Holds Rollcall to its targets: what checks of 10,000 devices cost over HTTP with everything switched on,
 * against the least that they could cost and against the plain way (docs/performance.md).
 *
 *   npm run bench                       every row; fails when a target is missed; about 10 minutes
 *   npm run bench -- --quick            small stores and short rounds; a smoke test that judges nothing
 *   npm run bench -- --only cpu-to-floor,start-10m   these rows, and `stages` for those of a call in process
 *   npm run bench -- --json             the figures as one JSON object, by row
 *   npm run bench -- --record           adds the figures to docs/performance.json, from which `npm run generate` draws a plot
 *   npm run bench -- --against <commit> this commit and a former one by turns instead; fails when a row costs more
 *   npm run bench -- --keep <folder>    the filled stores stay there, and the next run begins with them
 *   npm run bench -- --writes           imports, registrations and look-ups instead, on SQLite and PostgreSQL
 *   npm run bench -- --hostile          the cost of unauthenticated requests instead
 *   npm run bench -- --mqtt             connections and messages of devices instead, compared with aedes; `--only` takes
 *                                       load, round-trips and storm
 *   npm run bench -- --citus            what imports cost a cluster of Citus instead, compared with PostgreSQL
 *
 * It runs on Linux: what a server uses is read from /proc.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { endWithNpm } from '../test/support/reaper.ts'
import { compareWith, losing, printComparison } from './against.ts'
import { compareCitus, missedOnCitus, printCitus } from './citus.ts'
import { formerCommit, hasCommit } from './former.ts'
import { recordRun } from './history.ts'
import { printFlood } from './hostile/flood.ts'
import { printLimited } from './hostile/limited.ts'
import { printHostile, tooDear } from './hostile/report.ts'
import { measureHostile } from './hostile/run.ts'
import { measureDevices } from './mqtt/all.ts'
import { missedByMqtt, printMqtt } from './mqtt/report.ts'
import { asObject, machine, missedRows, print } from './report.ts'
import { rows as allRows, measurable, type Row } from './rows.ts'
import { measure } from './run.ts'
import { fullSize, quickSize } from './size.ts'
import { measureWrites, missed, printWrites } from './writes.ts'

const {
  quick = false,
  json = false,
  writes = false,
  hostile = false,
  citus = false,
  against,
  mqtt = false,
  record = false,
  only,
  keep,
} = parseArgs({
  options: {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    writes: { type: 'boolean' },
    hostile: { type: 'boolean' },
    citus: { type: 'boolean' },
    against: { type: 'string' },
    mqtt: { type: 'boolean' },
    record: { type: 'boolean' },
    only: { type: 'string' },
    keep: { type: 'string' },
  },
}).values

endWithNpm()
const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const asJson = (figures: object) =>
  `${JSON.stringify(figures, (_, value) => (typeof value === 'number' ? Number(value.toFixed(3)) : value), 2)}\n`

if (writes) {
  const size = quick
    ? { registered: 50_000, imports: 3, smallMs: 1000 }
    : { registered: 1_000_000, imports: 40, smallMs: 10_000 }
  const figures = await measureWrites(folder, size, tell)
  if (json) process.stdout.write(asJson(figures))
  else printWrites(figures, size, !quick)
  if (!quick && missed(figures).length > 0) process.exitCode = 1
} else if (hostile) {
  const size = quick
    ? { rounds: 0, turnMs: 50, warmUpMs: 0, limitedSeconds: 1, flood: { posts: 50, times: 1 } }
    : { rounds: 3, turnMs: 250, warmUpMs: 4000, limitedSeconds: 4, flood: { posts: 500, times: 8 } }
  const { shapes, limited, flood } = await measureHostile(folder, size, only, tell)
  if (json) process.stdout.write(asJson({ ...shapes, limited, flood }))
  else {
    printHostile(shapes, !quick)
    if (limited !== undefined) printLimited(limited)
    if (flood !== undefined) printFlood(flood)
  }
  if (!quick && tooDear(shapes).length > 0) process.exitCode = 1
} else if (mqtt) {
  const sizes = quick
    ? {
        load: { held: 600, connects: 300, publishers: 20, messages: 1000, tlsConnects: 50 },
        roundTrips: { devices: 20, workers: 2, milliseconds: 1000 },
        storm: { devices: 1000, workers: 2, secondsMax: 60 },
      }
    : {
        load: { held: 15_000, connects: 12_000, publishers: 200, messages: 2000, tlsConnects: 1000 },
        roundTrips: { devices: 200, workers: 2, milliseconds: 20_000 },
        storm: { devices: 100_000, workers: 6, secondsMax: 240 },
      }
  const figures = await measureDevices(folder, sizes, only, tell)
  if (json) process.stdout.write(asJson(figures))
  else printMqtt(figures, !quick)
  if (!quick && missedByMqtt(figures).length > 0) process.exitCode = 1
} else if (citus) {
  const size = quick
    ? { registered: 20_000, turns: 2, imports: 3 }
    : { registered: 200_000, turns: 6, imports: 10 }
  const figures = await compareCitus(folder, size, tell)
  if (json) process.stdout.write(asJson(figures))
  else printCitus(figures, size, !quick)
  if (!quick && missedOnCitus(figures).length > 0) process.exitCode = 1
} else if (against !== undefined) {
  const size = quick ? quickSize : fullSize
  const kept = keep === undefined ? folder : resolve(keep)
  const figures = await compareWith(against, folder, kept, size, tell)
  if (json) process.stdout.write(asJson(figures))
  else printComparison(figures, machine().cpu, !quick)
  if (!quick && losing(figures).length > 0) process.exitCode = 1
} else {
  const { rows, stages } = chosen()
  const run = await measure({
    rows: Object.values(rows),
    stages,
    size: quick ? quickSize : fullSize,
    folder,
    kept: keep === undefined ? folder : resolve(keep),
    tell,
  })
  if (json) process.stdout.write(asJson(asObject(run, rows, !quick)))
  else print(run, rows, !quick)
  if (record) recordRun(run, rows)
  if (!quick && missedRows(run, rows).length > 0) process.exitCode = 1
}

function chosen(): { readonly rows: Readonly<Record<string, Row>>; readonly stages: boolean } {
  const names = only?.split(',')
  if (names === undefined) {
    // A quick run must not require PostgreSQL, which may have to be downloaded first.
    const all = Object.entries(measurable(hasCommit(formerCommit))).filter(
      ([, { needs }]) => !quick || !needs.includes('postgres'),
    )
    return { rows: Object.fromEntries(all), stages: true }
  }
  const unknown = names.filter((name) => name !== 'stages' && allRows[name] === undefined)
  if (unknown.length > 0) {
    throw new Error(
      `--only: ${unknown.join(', ')} is none of ${[...Object.keys(allRows), 'stages'].join(', ')}`,
    )
  }
  const rows = names.filter((name) => name !== 'stages').map((name) => [name, allRows[name]!])
  return { rows: Object.fromEntries(rows), stages: names.includes('stages') }
}

/** Progress goes to standard error; standard output has only the figures. */
function tell(what: string): void {
  process.stderr.write(`${what}\n`)
}
