import { int, list, struct, text } from '../../api/shape.ts'
import { intervalMs } from '../../registry/calls.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Tells how often the account has called what. */
export const listCallCounts = action({
  name: 'ListCallCounts',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Returns the number of calls of each operation in the last 10 minutes, by interval and on all nodes. Nodes report their counts to each other within about a second.',
    zh: '按时间段查询账号最近 10 分钟内各操作在所有节点上的调用次数；各节点约在一秒内同步。',
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },
  unlisted: true,

  parameters: {},

  answer: {
    Data: struct({
      IntervalSeconds: int({}, 'How long an interval is.'),
      Now: milliseconds('The time'),
      CallCount: list(
        struct({
          Time: milliseconds('When the interval began'),
          Action: text(),
          Calls: int({}, 'All of them.'),
          Throttled: int({}, 'Those beyond the quota.'),
          Failed: int({}, 'Those that were refused otherwise, failed or broke.'),
          Devices: int({}, 'Devices judged, imported or registered.'),
        }),
      ),
    }),
  },

  failures: {},

  async run(_, { registry, account }) {
    const { now, counts } = await registry.calls.counts(account)
    return {
      Data: {
        IntervalSeconds: intervalMs / 1000,
        Now: now,
        CallCount: counts.map(({ time, action, calls, throttled, failed, devices }) => ({
          Time: time,
          Action: action,
          Calls: calls,
          Throttled: throttled,
          Failed: failed,
          Devices: devices,
        })),
      },
    }
  },
})
