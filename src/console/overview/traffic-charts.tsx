import { Card, Flex, Segmented, Typography } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useApiQuery } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { Loading } from '../shell/loading.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import type { Series } from './chart.tsx'
import { PermissionNotice } from './permission-notice.tsx'
import { type TrafficCounts, type TrafficInterval, trafficIntervals } from './traffic.ts'
import { texts } from './traffic-texts.ts'

const Chart = lazy(async () => ({ default: (await import('./chart.tsx')).Chart }))

/** Nodes write once a minute; asking much sooner would return nothing new. */
const everyMs = 30_000

type Period = 'hour' | 'day' | 'month'

/** Devices that are connected, and their messages, over time. */
export function Traffic() {
  const words = useTexts(texts)
  const { may } = useSession()
  const [period, setPeriod] = useState<Period>('hour')
  const [form, setForm] = useState<'chart' | 'table'>('chart')
  const mayAsk = may('ListTrafficCounts')
  const { data, error, refetch } = useApiQuery(
    'ListTrafficCounts',
    { Period: period },
    { enabled: mayAsk, everyMs, keepPrevious: true },
  )
  const counts = data?.Data as TrafficCounts | undefined
  const intervals = useMemo(() => (counts === undefined ? undefined : trafficIntervals(counts)), [counts])
  if (!mayAsk)
    return (
      <Card size="small" title={words.title}>
        <PermissionNotice action="ListTrafficCounts" />
      </Card>
    )
  return (
    <Card size="small" title={words.title}>
      <Flex vertical gap={12}>
        <Flex wrap gap={12}>
          <Segmented<Period>
            aria-label={words.period}
            value={period}
            onChange={setPeriod}
            options={[
              { value: 'hour', label: words.hour },
              { value: 'day', label: words.day },
              { value: 'month', label: words.month },
            ]}
          />
          <Segmented
            aria-label={words.form}
            value={form}
            onChange={setForm}
            options={[
              { value: 'chart', label: words.chart },
              { value: 'table', label: words.table },
            ]}
          />
        </Flex>
        {error !== null && <Problem error={error} retry={refetch} />}
        {intervals === undefined || counts === undefined ? (
          error === null && <Loading height={200} />
        ) : form === 'chart' ? (
          <Charts intervals={intervals} seconds={counts.IntervalSeconds} />
        ) : (
          <IntervalsTable intervals={intervals} />
        )}
      </Flex>
    </Card>
  )
}

function Charts({
  intervals,
  seconds,
}: {
  readonly intervals: readonly TrafficInterval[]
  readonly seconds: number
}) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const times = useMemo(() => intervals.map(({ time }) => time), [intervals])
  const sum = (of: (interval: TrafficInterval) => number) =>
    intervals.reduce((total, interval) => total + of(interval), 0)
  const connections = useMemo(
    (): Series[] => [
      { label: words.connections, look: 'bars', plotted: intervals.map((one) => one.connections) },
    ],
    [intervals, words],
  )
  const messages = useMemo(
    (): Series[] => [
      {
        label: words.down,
        look: 'second',
        plotted: intervals.map(({ up, down }) => up + down),
        described: intervals.map(({ down }) => down),
      },
      { label: words.up, look: 'bars', plotted: intervals.map(({ up }) => up) },
    ],
    [intervals, words],
  )
  const summaries = {
    connections: words.connectionsSummary(
      count(intervals.at(-1)?.connections ?? 0),
      count(Math.max(...intervals.map((one) => one.connections))),
      count(sum(({ connects }) => connects)),
    ),
    messages: words.messagesSummary(count(sum(({ up }) => up)), count(sum(({ down }) => down))),
  }
  return (
    <Flex wrap gap={24}>
      {(
        [
          [words.connections, summaries.connections, connections],
          [words.messages, summaries.messages, messages],
        ] as const
      ).map(([title, summary, series]) => (
        <div
          key={title}
          role="img"
          aria-label={`${title}. ${summary}`}
          style={{ flex: '1 1 360px', minWidth: 0, maxWidth: '100%' }}
        >
          <Flex vertical>
            <Typography.Text strong>{title}</Typography.Text>
            <Typography.Text type="secondary">{summary}</Typography.Text>
          </Flex>
          <Suspense fallback={<Loading height={200} />}>
            <Chart times={times} intervalSeconds={seconds} series={series} timeLabel={words.time} whole />
          </Suspense>
        </div>
      ))}
    </Flex>
  )
}

/** The same in numbers, newest first; intervals without traffic are left out. */
function IntervalsTable({ intervals }: { readonly intervals: readonly TrafficInterval[] }) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  return (
    <WideTable<TrafficInterval>
      aria-label={words.title}
      size="small"
      rowKey="time"
      dataSource={intervals
        .filter(({ connections, connects, up, down }) => connections + connects + up + down > 0)
        .reverse()}
      pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
      locale={{ emptyText: words.none }}
      columns={[
        { title: words.from, dataIndex: 'time', render: (at: number) => <Time at={at} /> },
        { title: words.connections, dataIndex: 'connections', align: 'end', render: count },
        { title: words.connects, dataIndex: 'connects', align: 'end', render: count },
        { title: words.up, dataIndex: 'up', align: 'end', render: count },
        { title: words.down, dataIndex: 'down', align: 'end', render: count },
      ]}
    />
  )
}
