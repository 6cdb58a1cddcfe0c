/** Formats the figures of a run. */
import { cpus } from 'node:os'
import type { Turns } from './contest.ts'
import { displayed, table } from './measure.ts'
import { type Figures, isMet, type Row } from './rows.ts'
import type { Run } from './run.ts'
import { devicesPerCall } from './workload.ts'

/** The rows by name, with the figures that they are compared with. */
export function asObject(run: Run, rows: Readonly<Record<string, Row>>, judged: boolean): object {
  const figures = run.figures as Figures
  const judgements = Object.entries(rows).map(([name, row]) => {
    const measured = row.measure(figures)
    const { what, unit, bound, target } = row
    const met = judged ? isMet(row, measured) : null
    return [name, { what, measured, unit, bound, target, met, ...row.more?.(figures) }]
  })
  const { turns, inProcess, fillings, size } = run
  const yardsticks = { ...machine(), registered: size.registered, turns, inProcess, fillings }
  return { ...Object.fromEntries(judgements), yardsticks }
}

/** The names of rows that miss their target. */
export const missedRows = (run: Run, rows: Readonly<Record<string, Row>>): string[] =>
  Object.entries(rows)
    .filter(([, row]) => !isMet(row, row.measure(run.figures as Figures)))
    .map(([name]) => name)

/** @param judged whether the run was long enough to compare with the targets */
export function print(run: Run, rows: Readonly<Record<string, Row>>, judged: boolean): void {
  const figures = run.figures as Figures
  const lines = Object.entries(rows).map(([name, row]) => {
    const measured = row.measure(figures)
    const met = !judged ? '–' : isMet(row, measured) ? 'yes' : 'NO'
    return [
      `${name}: ${row.what}`,
      `${displayed(measured)} ${row.unit}`,
      `${row.bound} ${displayedTarget(row)}`,
      met,
    ]
  })
  const { node, cpu } = machine()
  const missed = missedRows(run, rows)
  const words = [
    `Node.js ${node}, ${cpu}`,
    table(['what', 'measured', 'target', 'met?'], lines),
    turnsTable(Object.entries(run.turns)),
    stagesTable(run),
    judged
      ? missed.length === 0
        ? 'Every target is met.'
        : `MISSED: ${missed.join(', ')}`
      : `A quick run judges nothing: its stores have ${Object.values(run.size.registered)
          .map((count) => count.toLocaleString('en'))
          .join(', ')} devices.`,
  ]
  process.stdout.write(`${words.filter((part) => part !== '').join('\n\n')}\n`)
}

export function machine() {
  const [first, ...others] = cpus()
  return { node: process.version, cpu: `${others.length + 1} × ${first?.model ?? 'unknown'}` }
}

const displayedTarget = ({ target, unit }: Row) => `${target.toLocaleString('en')} ${unit}`

function turnsTable(turns: readonly (readonly [name: string, Turns])[]): string {
  if (turns.length === 0) return ''
  const heads = ['under load', 'CPU ms/call', 'calls/s', 'devices/s', 'generator’s CPU ms/call', 'calls']
  const rows = turns.map(([name, { cpuMs, callsPerSecond, generatorCpuMs, calls }]) => [
    name,
    displayed(cpuMs),
    displayed(callsPerSecond),
    displayed(name === 'oneDevice' ? callsPerSecond : callsPerSecond * devicesPerCall),
    displayed(generatorCpuMs),
    String(calls),
  ])
  return table(heads, rows)
}

function stagesTable({ inProcess }: Run): string {
  if (inProcess === undefined) return ''
  const { wallMs, cpuMs, stagesMs } = inProcess
  const rows = Object.entries({ 'the whole call': wallMs, ...stagesMs })
  const heads = [`in process (${displayed(cpuMs)} ms of CPU)`, 'ms']
  return table(
    heads,
    rows.map(([stage, time]) => [stage, displayed(time)]),
  )
}
