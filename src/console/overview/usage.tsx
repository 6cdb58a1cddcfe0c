import { Card, Flex, Segmented, Select, Typography } from 'antd'
import { lazy, Suspense, useMemo, useRef } from 'react'
import { useMissingPermission } from '../shell/action-button.tsx'
import { useAddressParameters } from '../shell/address.ts'
import { useApiQuery } from '../shell/api-query.ts'
import { operations } from '../shell/connection.ts'
import { useTexts } from '../shell/language.tsx'
import { Loading } from '../shell/loading.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import type { Series } from './chart.tsx'
import { type Interval, intervalsOf, plottedQuota, usesOf } from './counts.ts'
import { OperationsTable } from './operations-table.tsx'
import { isPolled } from './own-calls.ts'
import { PermissionNotice } from './permission-notice.tsx'
import { useRate } from './rate.ts'
import { texts } from './usage-texts.ts'

// The chart library is loaded when there is something to draw.
const Chart = lazy(async () => ({ default: (await import('./chart.tsx')).Chart }))

/** The server's interval; querying more often shows nothing new. */
const everyMs = 5000

/** Current calls and devices per second, compared with the quota. */
export function Usage() {
  const words = useTexts(texts)
  const { may } = useSession()
  const missingPermissionFor = useMissingPermission()
  const mayCount = may('ListCallCounts')
  const { data, error, refetch } = useApiQuery('ListCallCounts', {}, { enabled: mayCount, everyMs })
  const quotasAsked = useApiQuery('ListQuotas', {}, { enabled: mayCount && may('ListQuotas') })
  const counts = data?.Data
  const quotas = useMemo(
    () =>
      new Map<string, number>(
        quotasAsked.data?.Data.Quota.map(({ Action, PerSecond }: { Action: string; PerSecond: number }) => [
          Action,
          PerSecond,
        ]),
      ),
    [quotasAsked.data],
  )
  const uses = useMemo(() => (counts === undefined ? [] : usesOf(counts)), [counts])
  const [{ operation, shown, view }, setParameters] = useAddressParameters()
  const action = operations.find(({ name }) => name === operation)?.name
  const setAction = (chosen: string | undefined) => setParameters({ operation: chosen })
  const what = shown === 'devices' ? 'devices' : 'calls'
  const form = view === 'table' ? 'table' : 'chart'
  const chart = useRef<HTMLDivElement>(null)
  const intervals = useMemo(
    () => (counts === undefined ? undefined : intervalsOf(counts, action)),
    [counts, action],
  )
  if (!mayCount)
    return (
      <Card size="small" title={words.title}>
        <PermissionNotice action="ListCallCounts" />
      </Card>
    )
  const lately = uses.map((use) => use.action).sort()
  const others = operations.map(({ name }) => name).filter((name) => !lately.includes(name))
  const option = (name: string) => ({ value: name, label: name })
  const quota = action === undefined ? undefined : quotas.get(action)
  return (
    <Card size="small" title={words.title} ref={chart} style={{ scrollMarginTop: 72 }}>
      <Flex vertical gap={12}>
        <Flex wrap gap={12}>
          <Select
            aria-label={words.operation}
            value={action ?? ''}
            onChange={(chosen) => setAction(chosen || undefined)}
            showSearch
            style={{ flex: '1 1 260px', maxWidth: 360 }}
            options={[
              { value: '', label: words.allOperations },
              { label: words.calledLately, options: lately.map(option) },
              { label: words.others, options: others.map(option) },
            ]}
          />
          <Segmented
            aria-label={words.shown}
            value={what}
            onChange={(chosen) => setParameters({ shown: chosen === 'calls' ? undefined : chosen })}
            options={[
              { value: 'calls', label: words.calls },
              { value: 'devices', label: words.devices },
            ]}
          />
          <Segmented
            aria-label={words.form}
            value={form}
            onChange={(chosen) => setParameters({ view: chosen === 'chart' ? undefined : chosen })}
            options={[
              { value: 'chart', label: words.chart },
              { value: 'table', label: words.table },
            ]}
          />
        </Flex>
        {error !== null && <Problem error={error} retry={refetch} />}
        {intervals === undefined || counts === undefined ? (
          error === null && <Loading height={240} />
        ) : form === 'chart' ? (
          <Drawn intervals={intervals} seconds={counts.IntervalSeconds} quota={quota} what={what} />
        ) : (
          <IntervalsTable intervals={intervals} />
        )}
        {counts !== undefined && (
          <Typography.Text type="secondary">
            {!may('ListQuotas')
              ? words.quotaUnknown(missingPermissionFor('ListQuotas')!)
              : action === undefined
                ? words.quotaEach
                : what === 'calls' && words.averages}
          </Typography.Text>
        )}
        {quotasAsked.error !== null && <Problem error={quotasAsked.error} retry={quotasAsked.refetch} />}
        {counts !== undefined && (
          <OperationsTable
            uses={uses.filter((use) => !isPolled(use.action))}
            quotas={quotas}
            onChoose={(chosen) => {
              setAction(chosen)
              chart.current?.scrollIntoView({ block: 'start' })
            }}
          />
        )}
      </Flex>
    </Card>
  )
}

function Drawn({
  intervals,
  seconds,
  quota,
  what,
}: {
  readonly intervals: readonly Interval[]
  readonly seconds: number
  readonly quota: number | undefined
  readonly what: 'calls' | 'devices'
}) {
  const words = useTexts(texts)
  const { count, percent } = useNumberFormat()
  const rate = useRate()
  const summary = useMemo(() => {
    const sum = (of: 'calls' | 'throttled' | 'failed' | 'devices') =>
      intervals.reduce((total, interval) => total + interval[of], 0)
    const busiest = Math.max(...intervals.map(({ calls, throttled }) => calls - throttled)) / seconds
    if (sum('calls') === 0) return { busiest, text: words.noCalls }
    const parts = [
      quota === undefined || quota === 0
        ? words.busiest(rate(busiest))
        : words.busiestOfQuota(rate(busiest), count(quota), percent(busiest / quota)),
      sum('throttled') > 0 && words.throttledCalls(count(sum('throttled'))),
      sum('failed') > 0 && words.failedCalls(count(sum('failed'))),
      sum('devices') > 0 && words.devicesInAll(count(sum('devices'))),
    ]
    return { busiest, text: parts.filter(Boolean).join(' · ') }
  }, [intervals, seconds, quota, words, rate, count, percent])
  const times = useMemo(() => intervals.map(({ time }) => time), [intervals])
  const series = useMemo((): Series[] => {
    const rates = (of: (interval: Interval) => number) => intervals.map((it) => of(it) / seconds)
    if (what === 'devices')
      return [{ label: words.devicesASecond, look: 'bars', plotted: rates(({ devices }) => devices) }]
    const line = plottedQuota(summary.busiest, quota)
    return [
      {
        label: words.throttled,
        look: 'alarm',
        plotted: rates(({ calls, throttled }) => (throttled > 0 ? calls : 0)),
        described: rates(({ throttled }) => throttled),
      },
      {
        label: words.accepted,
        look: 'bars',
        plotted: rates(({ calls, throttled }) => calls - throttled),
      },
      ...(line === undefined
        ? []
        : [{ label: words.quota, look: 'line' as const, plotted: intervals.map(() => line) }]),
    ]
  }, [intervals, seconds, what, quota, summary.busiest, words])
  const title = what === 'calls' ? words.callsASecond : words.devicesASecond
  return (
    <div role="img" aria-label={words.chartOf(title, summary.text)}>
      <Flex wrap gap={12} justify="space-between">
        <Typography.Text strong>{title}</Typography.Text>
        <Typography.Text type="secondary">{summary.text}</Typography.Text>
      </Flex>
      <Suspense fallback={<Loading height={240} />}>
        <Chart times={times} intervalSeconds={seconds} series={series} timeLabel={words.time} />
      </Suspense>
    </div>
  )
}

/** The chart's data as a table, without empty intervals. */
function IntervalsTable({ intervals }: { readonly intervals: readonly Interval[] }) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  return (
    <WideTable<Interval>
      aria-label={words.title}
      size="small"
      rowKey="time"
      dataSource={intervals.filter(({ calls }) => calls > 0).reverse()}
      pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
      locale={{ emptyText: words.idle }}
      columns={[
        { title: words.from, dataIndex: 'time', render: (at: number) => <Time at={at} /> },
        { title: words.calls, dataIndex: 'calls', align: 'end', render: count },
        { title: words.throttled, dataIndex: 'throttled', align: 'end', render: count },
        { title: words.failed, dataIndex: 'failed', align: 'end', render: count },
        { title: words.devices, dataIndex: 'devices', align: 'end', render: count },
      ]}
    />
  )
}
