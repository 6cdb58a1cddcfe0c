import { list, struct, text } from '../../api/shape.ts'
import { allowedActions, allowedActionsOf, milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Lists the RAM users of the account. */
export const listUsers = action({
  name: 'ListUsers',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Lists the RAM users of the account and the operations that they may call.',
    zh: '查询账号下的 RAM 用户及其可调用的操作。',
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },
  callers: 'account',

  parameters: {},

  answer: {
    Data: struct({
      User: list(
        struct({
          UserName: text(),
          AllowedActions: allowedActions,
          GmtCreate: milliseconds('When it was made'),
        }),
      ),
    }),
  },

  failures: {},

  async run(_, { registry, account }) {
    const users = await registry.accounts.ramUsers(account)
    return {
      Data: {
        User: users.map(({ name, allowed, createdAt }) => ({
          UserName: name,
          AllowedActions: allowedActionsOf(allowed),
          GmtCreate: createdAt,
        })),
      },
    }
  },
})
