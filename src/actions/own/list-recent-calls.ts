import { int, list, optional, struct, text } from '../../api/shape.ts'
import { recentMax } from '../../registry/calls.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Lists what the account has called lately. */
export const listRecentCalls = action({
  name: 'ListRecentCalls',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Lists the newest calls of the account, by all its keys and on all nodes, except calls that pages make by themselves (ListRecentCalls, ListCallCounts, ListTrafficCounts, ListDevicePresence, ListConnectionEvents, GetCallerIdentity). Nodes report their calls to each other within about a second.',
    zh: '查询账号最近的调用，包括其全部密钥和所有节点；各节点约在一秒内同步。不含页面自动发起的调用（ListRecentCalls、ListCallCounts、ListTrafficCounts、ListDevicePresence、ListConnectionEvents、GetCallerIdentity）。',
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },
  unlisted: true,

  parameters: {
    MaxResults: optional(
      int(
        { min: 1, max: recentMax, default: recentMax },
        { en: 'The number of calls.', zh: '返回的调用条数。' },
      ),
    ),
  },

  answer: {
    Data: struct({
      Call: list(
        struct({
          Time: milliseconds('When it began'),
          Action: text(),
          Result: text(
            'answered; failed: the action said no; refused: the gateway did; broken: something was wrong here.',
          ),
          Code: text('What it was told; empty where it was answered.'),
          HttpStatus: int(),
          Milliseconds: int({}, 'How long it took.'),
          RequestId: text(),
          Entries: int({}, 'Entries of the lists that it carried.'),
          Devices: int({}, 'Devices judged, imported or registered.'),
        }),
      ),
    }),
  },

  failures: {},

  async run({ MaxResults }, { registry, account }) {
    const calls = await registry.calls.recent(account, MaxResults)
    return {
      Data: {
        Call: calls.map((call) => ({
          Time: call.time,
          Action: call.action,
          Result: call.result,
          Code: call.code,
          HttpStatus: call.status,
          Milliseconds: call.milliseconds,
          RequestId: call.requestId,
          Entries: call.entries,
          Devices: call.devices,
        })),
      },
    }
  },
})
