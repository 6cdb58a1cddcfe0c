import { optional, struct, text } from '../../api/shape.ts'
import { NotThere } from '../../registry/registry.ts'
import { userOf } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Makes an access key. */
export const createAccessKey = action({
  name: 'CreateAccessKey',
  family: 'own',
  effect: 'write',
  summary:
    'Creates an access key of the account, or of one of its RAM users. Its secret is answered now and never again. For the account’s own keys. An operation of Rollcall’s own.',
  version: '2026-11-01',
  quota: { perSecond: 10 },
  callers: 'account',

  parameters: {
    UserName: optional(text('The RAM user whose key it is to be; left out, it is the account’s own.')),
  },

  answer: {
    Data: struct({
      AccessKeyId: text(),
      AccessKeySecret: text('Keep it: no operation tells it again.'),
      UserName: optional(text('The RAM user whose key it is.')),
    }),
  },

  failures: { 'iot.access.NotExistedUser': 200 },

  async run({ UserName }, call) {
    const user = UserName === undefined ? undefined : await userOf(call, UserName)
    try {
      const { id, secret } = await call.registry.accessKeys.create(call.account, user?.id)
      return { Data: { AccessKeyId: id, AccessKeySecret: secret, UserName } }
    } catch (error) {
      if (error instanceof NotThere) call.fail('iot.access.NotExistedUser', 'It was deleted meanwhile.')
      throw error
    }
  },
})
