/** What full runs have measured over time: docs/performance.json, of which docs/performance.svg is drawn. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { machine } from './report.ts'
import type { Figures, Row } from './rows.ts'
import type { Run } from './run.ts'

/** A row as a run has measured it. */
export interface Measured extends Pick<Row, 'unit' | 'bound' | 'target'> {
  readonly measured: number
}

/** A full run, or the rows of it that were recorded. */
export interface RecordedRun {
  /** The commit that was measured, in short. */
  readonly commit: string
  /** ISO 8601, in UTC. */
  readonly date: string
  readonly cpu: string
  /** Processes that ran or waited for a processor, the mean of the 15 minutes before; absent where nobody noted it. */
  readonly load?: number
  readonly rows: Readonly<Record<string, Measured>>
}

const file = fileURLToPath(new URL('../docs/performance.json', import.meta.url))

export const recordedRuns = (): RecordedRun[] => JSON.parse(readFileSync(file, 'utf8'))

/**
 * Adds a run to the file. A second one of the same commit takes the place of the first.
 * @throws Error outside of a repository
 */
export function recordRun(run: Run, rows: Readonly<Record<string, Row>>): void {
  const { stdout, stderr, status } = spawnSync('git', ['log', '-1', '--format=%h %cI'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`--record: git does not say which commit this is: ${stderr}`)
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
