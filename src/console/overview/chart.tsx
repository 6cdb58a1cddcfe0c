import { theme as themes } from 'antd'
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import './chart.css'
import { languageNames, useLanguage } from '../shell/language.tsx'

/** A series of bars, or a line. */
export interface Series {
  readonly label: string
  readonly look: 'bars' | 'alarm' | 'line'
  /** Bars cover those of earlier series; the legend may show a different number. */
  readonly plotted: readonly (number | null)[]
  readonly described?: readonly number[]
}

const height = 240

/** Steps of the rate axis: labels have one decimal place. */
const steps = [
  0.1,
  ...[1, 10, 100, 1000, 10_000, 100_000, 1_000_000].flatMap((unit) => [0.2 * unit, 0.5 * unit, unit]),
]

/**
 * A bar chart over time, one bar per interval. It is a picture, so its content must also be available as text.
 */
export function Chart({
  times,
  intervalSeconds,
  series,
  timeLabel,
}: {
  /** Start of each interval, in milliseconds. */
  readonly times: readonly number[]
  readonly intervalSeconds: number
  readonly series: readonly Series[]
  /** The label of the time axis. */
  readonly timeLabel: string
}) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot>(undefined)
  const { token } = themes.useToken()
  const { tag } = languageNames[useLanguage().language]
  const current = useRef({ times, intervalSeconds, series })
  current.current = { times, intervalSeconds, series }
  const shape = JSON.stringify(series.map(({ label, look }) => [label, look]))

  // A plot's colours and labels are fixed at creation.
  useEffect(() => {
    const element = place.current!
    const shapes = JSON.parse(shape) as [string, Series['look']][]
    const clock = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    const exact = new Intl.DateTimeFormat(tag, { timeStyle: 'medium' })
    const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })
    const bars = UPlot.paths.bars!({ size: [0.8, 100] })
    const colours = { bars: token.colorPrimary, alarm: token.colorError, line: token.colorTextSecondary }
    const axis = {
      stroke: token.colorTextSecondary,
      font: `12px ${token.fontFamily}`,
      grid: { stroke: token.colorBorderSecondary, width: 1 },
      ticks: { stroke: token.colorBorderSecondary, width: 1 },
    }
    const made = new UPlot(
      {
        width: element.clientWidth,
        height,
        cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
        legend: { live: true },
        scales: {
          x: {
            range: () => {
              const { times, intervalSeconds } = current.current
              return [times[0]! / 1000, times.at(-1)! / 1000 + intervalSeconds]
            },
          },
          y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] },
        },
        axes: [
          { ...axis, values: (_, seconds) => seconds.map((at) => clock.format(at * 1000)) },
          {
            ...axis,
            incrs: steps,
            values: (_, values) => values.map((value) => number.format(value)),
            size: 56,
          },
        ],
        series: [
          {
            value: (_, __, ___, i) => (i === null ? '–' : exact.format(current.current.times[i])),
            label: timeLabel,
          },
          ...shapes.map(([label, look], at): UPlot.Series => {
            const value: UPlot.Series.Value = (_, __, ___, i) => {
              const { plotted, described = plotted } = current.current.series[at]!
              const value = i === null ? undefined : described[i]
              return value === undefined || value === null ? '–' : number.format(value)
            }
            return {
              label,
              value,
              stroke: colours[look],
              points: { show: false },
              ...(look === 'line'
                ? { dash: [6, 4], width: 1.5 }
                : { fill: colours[look], width: 0, paths: bars }),
            }
          }),
        ],
      },
      dataOf(current.current),
      element,
    )
    plot.current = made
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth
      if (width > 0 && width !== made.width) made.setSize({ width, height })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [shape, timeLabel, tag, token])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a plot that was made anew has the data already.
  useEffect(() => plot.current?.setData(dataOf({ times, intervalSeconds, series })), [times, series])

  return (
    <div
      ref={place}
      className="chart"
      aria-hidden="true"
      style={{ minHeight: height, color: token.colorTextSecondary, fontSize: 12 }}
    />
  )
}

/** Bars are centred in their interval. */
function dataOf({
  times,
  intervalSeconds,
  series,
}: {
  readonly times: readonly number[]
  readonly intervalSeconds: number
  readonly series: readonly Series[]
}): UPlot.AlignedData {
  const middles = times.map((time) => time / 1000 + intervalSeconds / 2)
  return [middles, ...series.map(({ plotted }) => [...plotted])]
}
