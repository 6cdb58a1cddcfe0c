import { list, struct, text } from '../../api/shape.ts'
import { allowedActions, allowedActionsOf, milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Lists the RAM users of the account. */
export const listUsers = action({
  name: 'ListUsers',
  family: 'own',
  effect: 'read',
  summary:
    'Lists the RAM users of the account, and what they may call. For the account’s own keys. An operation of Rollcall’s own.',
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
