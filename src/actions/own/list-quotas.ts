import { int, list, struct, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'

/** Lists how often the account may call what. */
export const listQuotas = action({
  name: 'ListQuotas',
  family: 'own',
  effect: 'read',
  summary:
    'Lists, for every operation, how many calls a second the account and its RAM users have together. An operation of Rollcall’s own.',
  version: '2026-11-01',
  quota: { perSecond: 50 },

  parameters: {},

  answer: {
    Data: struct({
      Quota: list(
        struct({
          Action: text(),
          PerSecond: int({}, 'Calls a second; 0 refuses all.'),
          DeclaredPerSecond: int({}, 'The same, where the account has no quota of its own.'),
        }),
      ),
    }),
  },

  failures: {},

  async run(_, { registry, account, server }) {
    const own = new Map(
      (await registry.accounts.quotas(account)).map(({ action, perSecond }) => [action, perSecond]),
    )
    return {
      Data: {
        Quota: Array.from(server.actions.values(), ({ name, quota }) => ({
          Action: name,
          PerSecond: own.get(name) ?? quota.perSecond,
          DeclaredPerSecond: quota.perSecond,
        })),
      },
    }
  },
})
