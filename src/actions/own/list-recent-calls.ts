import { int, list, optional, struct, text } from '../../api/shape.ts'
import { recentMax } from '../../registry/calls.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Lists what the account has called lately. */
export const listRecentCalls = action({
  name: 'ListRecentCalls',
  family: 'own',
  effect: 'read',
  summary:
    'Lists the newest calls of the account, of all its keys and of every node; a node tells the others within about a second. Left out are calls of this operation, ListCallCounts and GetCallerIdentity. An operation of Rollcall’s own.',
  version: '2026-11-01',
  quota: { perSecond: 50 },
  unlisted: true,

  parameters: {
    MaxResults: optional(
      int({ min: 1, max: recentMax }, `How many calls; ${recentMax} by default.`, { default: recentMax }),
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

  async run({ MaxResults = recentMax }, { registry, account }) {
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
