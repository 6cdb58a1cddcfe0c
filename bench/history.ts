/** The history of full runs in docs/performance.json, from which docs/performance.svg is drawn. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { machine } from './report.ts'
import type { Figures, Row } from './rows.ts'
import type { Run } from './run.ts'

/** A row of a recorded run. */
export interface Measured extends Pick<Row, 'unit' | 'bound' | 'target'> {
  readonly measured: number
}

/** A recorded run. */
export interface RecordedRun {
  /** Abbreviated hash of the commit. */
  readonly commit: string
  /** ISO 8601, in UTC. */
  readonly date: string
  readonly cpu: string
  /** Load average of the last 15 minutes; absent in the oldest runs. */
  readonly load?: number
  readonly rows: Readonly<Record<string, Measured>>
}

const file = fileURLToPath(new URL('../docs/performance.json', import.meta.url))

export const recordedRuns = (): RecordedRun[] => JSON.parse(readFileSync(file, 'utf8'))

/**
 * Adds a run to the file, replacing an earlier run of the same commit.
 * @throws Error outside of a repository
 */
export function recordRun(run: Run, rows: Readonly<Record<string, Row>>): void {
  const { stdout, stderr, status } = spawnSync('git', ['log', '-1', '--format=%h %cI'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`--record: git can't name the commit: ${stderr}`)
  const [commit] = stdout.trim().split(' ') as [string]
  const added: RecordedRun = {
    commit,
    date: new Date().toISOString(),
    cpu: machine().cpu,
    load: Number(loadavg()[2]!.toFixed(1)),
    rows: Object.fromEntries(
      Object.entries(rows).map(([name, row]) => {
        const { unit, bound, target } = row
        const measured = Number(row.measure(run.figures as Figures).toPrecision(3))
        return [name, { measured, unit, bound, target }]
      }),
    ),
  }
  const others = recordedRuns().filter((one) => one.commit !== commit)
  writeFileSync(file, `${JSON.stringify([...others, added], null, 2)}\n`)
}
