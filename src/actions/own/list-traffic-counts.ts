import { int, list, optional, struct, text } from '../../api/shape.ts'
import { minuteMs } from '../../registry/traffic.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** The periods and the length of an interval in each, in milliseconds. */
const periods = {
  hour: { spanMs: 60 * minuteMs, intervalMs: minuteMs },
  day: { spanMs: 24 * 60 * minuteMs, intervalMs: minuteMs },
  month: { spanMs: 30 * 24 * 60 * minuteMs, intervalMs: 60 * minuteMs },
} as const

/** Tells how many devices were connected, and how many messages there were. */
export const listTrafficCounts = action({
  name: 'ListTrafficCounts',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Returns how many devices of the account were connected and how many messages they sent and got, by interval and on all nodes. Nodes write their numbers once a minute; intervals in which nothing happened are left out.',
    zh: '按时间段查询账号下的在线设备数，以及上行和下行消息数（所有节点）。各节点每分钟写入一次；没有数据的时间段不返回。',
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },
  unlisted: true,

  parameters: {
    Period: optional(
      text(
        {
          en: 'The last hour or day in intervals of a minute, or the last 30 days (month) in intervals of an hour.',
          zh: 'hour 和 day：最近一小时或一天，每分钟一个时间段；month：最近 30 天，每小时一个时间段。',
        },
        {
          values: ['hour', 'day', 'month'],
          default: 'day',
          failure: 'iot.common.InvalidFormattedParameter',
        },
      ),
    ),
  },

  answer: {
    Data: struct({
      IntervalSeconds: int({}, 'How long an interval is.'),
      From: milliseconds('When the first interval of the period began'),
      Now: milliseconds('The time'),
      TrafficCount: list(
        struct({
          Time: milliseconds('When the interval began'),
          Connections: int(
            {},
            'Devices that were connected at the end of the minute; of an hour, the highest number.',
          ),
          Connects: int({}, 'Connects of devices.'),
          MessagesUp: int({}, 'Messages of devices.'),
          MessagesDown: int({}, 'Messages that were written to devices.'),
        }),
      ),
    }),
  },

  failures: { 'iot.common.InvalidFormattedParameter': 200 },

  async run({ Period }, { registry, account }) {
    const { spanMs, intervalMs } = periods[Period]
    const { from, now, counts } = await registry.traffic.lately(account, spanMs, intervalMs)
    return {
      Data: {
        IntervalSeconds: intervalMs / 1000,
        From: from,
        Now: now,
        TrafficCount: counts.map(({ time, connections, connects, up, down }) => ({
          Time: time,
          Connections: connections,
          Connects: connects,
          MessagesUp: up,
          MessagesDown: down,
        })),
      },
    }
  },
})
