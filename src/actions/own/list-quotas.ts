import { int, list, struct, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'

/** Lists how often the account may call what. */
export const listQuotas = action({
  name: 'ListQuotas',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Lists the quota of each operation: the calls per second that the account and its RAM users share.',
    zh: '查询主账号及其 RAM 用户对每个操作共有的每秒调用限额。',
  },
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
