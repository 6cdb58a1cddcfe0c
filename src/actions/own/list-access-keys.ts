import { list, optional, struct, text } from '../../api/shape.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Lists the access keys of the account and its RAM users. */
export const listAccessKeys = action({
  name: 'ListAccessKeys',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Lists the access keys of the account and of its RAM users, oldest first, without their secrets.',
    zh: '查询主账号及其 RAM 用户的访问密钥（不含密钥内容），最早创建的在前。',
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },
  callers: 'account',

  parameters: {},

  answer: {
    Data: struct({
      AccessKey: list(
        struct({
          AccessKeyId: text(),
          UserName: optional(text('The RAM user whose key it is; left out where it is the account’s own.')),
          Status: text(
            { en: 'Active or Inactive.', zh: 'Active 或 Inactive。' },
            { values: ['Active', 'Inactive'] },
          ),
          GmtCreate: milliseconds('When it was made'),
        }),
      ),
    }),
  },

  failures: {},

  async run(_, { registry, account }) {
    const [keys, users] = await Promise.all([
      registry.accessKeys.of(account),
      registry.accounts.ramUsers(account),
    ])
    const nameOf = new Map(users.map(({ id, name }) => [id, name]))
    return {
      Data: {
        AccessKey: keys
          // Keys of a user that was created or deleted between the two reads are left out.
          .filter(({ ramUser }) => ramUser === undefined || nameOf.has(ramUser))
          .map(({ id, ramUser, active, createdAt }) => ({
            AccessKeyId: id,
            UserName: ramUser === undefined ? undefined : nameOf.get(ramUser),
            Status: active ? ('Active' as const) : ('Inactive' as const),
            GmtCreate: createdAt,
          })),
      },
    }
  },
})
