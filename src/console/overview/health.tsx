import { Card, Flex, Statistic } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useApiQuery } from '../shell/api-query.ts'
import { useInstances } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import { useSession } from '../shell/session.tsx'
import { usesOf } from './counts.ts'
import { closestToQuota, failuresSince } from './own-calls.ts'
import { texts } from './texts.ts'

/** The interval between queries, in milliseconds. */
const everyMs = 5000
/** Programs call these operations too, so their calls stay in the list of recent calls: the page asks seldom. */
const seldomMs = 60_000
const hourMs = 3_600_000

/** The first facts that an operator wants: devices, connections, the latest import, failures, and quota headroom. */
export function Health() {
  const words = useTexts(texts)
  const { may } = useSession()
  const { count, percent } = useNumberFormat()
  const { instances } = useInstances()
  const first = instances?.find(({ IotInstanceId }) => IotInstanceId === '') ?? instances?.[0]
  const instance = { IotInstanceId: first?.IotInstanceId }
  const statistics = useApiQuery('QueryDeviceStatistics', instance, {
    enabled: first !== undefined && may('QueryDeviceStatistics'),
    everyMs: seldomMs,
  })
  const batches = useApiQuery(
    'ListDeviceBatches',
    { ...instance, Kind: 'Import', MaxResults: 1 },
    { enabled: first !== undefined && may('ListDeviceBatches'), everyMs: seldomMs },
  )
  const recent = useApiQuery('ListRecentCalls', {}, { enabled: may('ListRecentCalls'), everyMs })
  const counts = useApiQuery('ListCallCounts', {}, { enabled: may('ListCallCounts'), everyMs })
  const quotas = useApiQuery('ListQuotas', {}, { enabled: may('ListQuotas') })
  const calls = recent.data?.Data.Call
  const failures = calls && failuresSince(calls, Date.now() - hourMs)
  const closest =
    counts.data && quotas.data
      ? closestToQuota(
          usesOf(counts.data.Data),
          new Map(quotas.data.Data.Quota.map(({ Action, PerSecond }) => [Action, PerSecond])),
        )
      : undefined
  const batch = batches.data?.Data.Batch[0]
  const devices = instances?.reduce((sum, { DeviceCount }) => sum + DeviceCount, 0)
  const facts: readonly (readonly [string, ReactNode])[] = [
    [words.devices, devices === undefined ? undefined : count(devices)],
    [
      words.online,
      statistics.data && (
        <Link href={first ? linkTo.products(first.IotInstanceId) : '~/products'}>
          {count(statistics.data.Data.onlineCount)}
        </Link>
      ),
    ],
    [
      words.latestImport,
      batch && (
        <Link href={linkTo.batch(first?.IotInstanceId ?? '', batch.ApplyId)}>
          {words.imported(batch.DeviceCount, count(batch.DeviceCount))}
        </Link>
      ),
    ],
    [
      words.failuresOfHour,
      failures !== undefined && (
        <Link href="~/overview?failed=1">
          {calls?.length === failures ? words.atLeast(count(failures)) : count(failures)}
        </Link>
      ),
    ],
    [
      words.headroom,
      closest && (
        <Link href={`~/overview?operation=${closest.action}`} title={closest.action}>
          {percent(Math.max(0, 1 - closest.share))}
        </Link>
      ),
    ],
  ]
  return (
    <Card size="small">
      <Flex wrap gap="16px 48px">
        {facts.map(([title, value]) => (
          <Statistic
            key={title}
            title={title}
            valueRender={() => value || '–'}
            styles={{ content: { fontSize: 22 } }}
          />
        ))}
      </Flex>
    </Card>
  )
}
