import type { Measured, RecordedRun } from '../bench/history.ts'

/** Layout of the panels, one for each row; sizes are pixels. */
const columns = 3
const panel = { width: 300, height: 150, left: 16, right: 60, top: 44, bottom: 30 }
const colours = ['#0b6e99', '#c2500a', '#3f7d20', '#7a3e9d']
const textStyle = 'font-family="system-ui, sans-serif" fill="#222"'

/** A measured row, with the index of its run. */
interface Point extends Measured {
  readonly run: number
}

/**
 * Draws the history as SVG: one panel for each row, the target as a dashed line, one colour for each CPU model.
 * @param runs oldest first
 */
export function performancePlot(runs: readonly RecordedRun[]): string {
  const models = [...new Set(runs.map(({ cpu }) => cpu))]
  const names = [...new Set(runs.flatMap(({ rows }) => Object.keys(rows)))]
  const legendHeight = 24 * models.length + 12
  const width = columns * panel.width
  const height = legendHeight + Math.ceil(names.length / columns) * panel.height
  const legend = models.map(
    (model, i) =>
      `<circle cx="22" cy="${20 + 24 * i}" r="4" fill="${colours[i % colours.length]}"/>` +
      `<text x="34" y="${24 + 24 * i}" font-size="13">${escaped(model)}</text>`,
  )
  const panels = names.map((name, i) => {
    const [x, y] = [(i % columns) * panel.width, legendHeight + Math.floor(i / columns) * panel.height]
    const points = runs.flatMap(({ rows }, run): Point[] => (rows[name] ? [{ ...rows[name], run }] : []))
    return `<g transform="translate(${x} ${y})">${panelOf(name, points, runs, models)}</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ${textStyle}>`,
    '<title>Figures of full runs of the bench, by commit</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...legend,
    ...panels,
    '</svg>\n',
  ].join('\n')
}

function panelOf(
  name: string,
  points: readonly Point[],
  runs: readonly RecordedRun[],
  models: readonly string[],
): string {
  const last = points.at(-1)!
  const highest = 1.1 * Math.max(last.target, ...points.map(({ measured }) => measured))
  const plotWidth = panel.width - panel.left - panel.right
  const bottom = panel.height - panel.bottom
  const x = (run: number) => round(panel.left + (plotWidth * (run + 0.5)) / runs.length)
  const y = (value: number) => round(bottom - ((bottom - panel.top) * value) / highest)
  const right = panel.left + plotWidth
  const line = points.map(({ run, measured }) => `${x(run)},${y(measured)}`).join(' ')
  const dots = points.map(({ run, measured, unit }) => {
    const { commit, cpu, date } = runs[run]!
    const colour = colours[models.indexOf(cpu) % colours.length]
    const told = escaped(`${commit}, ${date.slice(0, 10)}: ${measured} ${unit}`)
    return `<circle cx="${x(run)}" cy="${y(measured)}" r="3.5" fill="${colour}"><title>${told}</title></circle>`
  })
  const commits = points.map(
    ({ run }) =>
      `<text x="${x(run)}" y="${bottom + 14}" font-size="9" text-anchor="middle">${escaped(runs[run]!.commit)}</text>`,
  )
  return [
    `<text x="${panel.left}" y="18" font-size="13" font-weight="600">${escaped(name)}</text>`,
    `<text x="${panel.left}" y="34" font-size="11" fill="#555">${last.bound} ${last.target} ${escaped(last.unit)}</text>`,
    `<line x1="${panel.left}" y1="${bottom}" x2="${right}" y2="${bottom}" stroke="#999"/>`,
    `<line x1="${panel.left}" y1="${y(last.target)}" x2="${right}" y2="${y(last.target)}" stroke="#999" stroke-dasharray="4 3"/>`,
    `<polyline points="${line}" fill="none" stroke="#bbb"/>`,
    ...dots,
    ...commits,
    `<text x="${right + 4}" y="${y(last.measured) + 4}" font-size="12">${last.measured} ${escaped(last.unit)}</text>`,
  ].join('')
}

const round = (value: number) => Math.round(10 * value) / 10

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
