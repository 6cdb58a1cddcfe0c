import { optional, struct, text } from '../../api/shape.ts'
import { allowedActions, allowedActionsOf } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Returns the identity of the caller. In the cloud, an operation of this name belongs to STS. */
export const getCallerIdentity = action({
  name: 'GetCallerIdentity',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Returns the owner of the access key that signs the call and the operations that it may call. Every caller may call it.',
    zh: '查询签名本次请求的访问密钥属于谁，以及可调用哪些操作。任何调用者都可以调用。',
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },
  callers: 'everyone',
  unlisted: true,

  parameters: {},

  answer: {
    Data: struct({
      AccountId: text('The UID of the account.'),
      AccountName: text(),
      IdentityType: text('Account for a key of the account itself, RAMUser for one of a RAM user.', {
        values: ['Account', 'RAMUser'],
      }),
      UserName: optional(text({ en: 'The name of the RAM user.', zh: 'RAM 用户名。' })),
      AllowedActions: allowedActions,
    }),
  },

  failures: {},

  async run(_, { registry, account, caller: { ramUser } }) {
    const { uid, name } = (await registry.accounts.findById(account))!
    return {
      Data: {
        AccountId: uid,
        AccountName: name,
        IdentityType: ramUser === undefined ? ('Account' as const) : ('RAMUser' as const),
        UserName: ramUser?.name,
        AllowedActions: allowedActionsOf(ramUser?.allowed),
      },
    }
  },
})
