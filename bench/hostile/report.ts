import { displayed, table } from '../measure.ts'
import type { HostileFigures } from './measure.ts'

/** Maximum cost: this many times an empty response plus this many times the SHA-256 of the bytes. */
const timesEmpty = 3
const timesSha256 = 3

const allowedMs = ({ emptyMs, sha256Ms }: HostileFigures) => timesEmpty * emptyMs + timesSha256 * sha256Ms

/** Returns a shape's cost as a fraction of the maximum; the target is at most 1. */
export const ratioOf = (figures: HostileFigures): number => figures.oursMs / allowedMs(figures)

export type Hostile = Readonly<Record<string, HostileFigures>>

/** The names of shapes that miss the target. */
export const tooDear = (hostile: Hostile): string[] =>
  Object.entries(hostile)
    .filter(([, figures]) => ratioOf(figures) > 1)
    .map(([name]) => name)

/** @param judged whether the run was long enough to compare with the target */
export function printHostile(hostile: Hostile, judged: boolean): void {
  const rows = Object.entries(hostile).map(([name, figures]) => {
    const { bytes, oursMs, emptyMs, sha256Ms, leastMs, status } = figures
    const met = !judged ? '–' : ratioOf(figures) <= 1 ? 'yes' : 'NO'
    return [
      name,
      (bytes / 1000).toFixed(1),
      String(status),
      ...[oursMs, emptyMs, sha256Ms].map(displayed),
      displayed(ratioOf(figures)),
      leastMs === undefined ? '' : displayed(ratioOf({ ...figures, oursMs: leastMs })),
      met,
    ]
  })
  const heads = [
    'what a stranger sends',
    'KB',
    'status',
    'CPU ms',
    'empty ms',
    'SHA-256 ms',
    'ratio',
    'least',
    'met?',
  ]
  const missed = tooDear(hostile)
  const verdict = !judged
    ? 'A quick run judges nothing.'
    : missed.length === 0
      ? 'Every target is met.'
      : `MISSED: ${missed.join('; ')}`
  process.stdout.write(
    `${table(heads, rows)}\n\nThe ratio is CPU / (${timesEmpty} × empty + ${timesSha256} × SHA-256); the target is 1 at most. The column least is the\nsame ratio for an empty answer and one V1 signature of the parameters, without which none is known to be false.\n\n${verdict}\n`,
  )
}
