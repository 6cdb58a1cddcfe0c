import { optional, struct, text } from '../../api/shape.ts'
import { NotFound } from '../../registry/registry.ts'
import { userOf } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Creates an access key. */
export const createAccessKey = action({
  name: 'CreateAccessKey',
  family: 'own',
  effect: 'write',
  summary: {
    en: 'Creates an access key of the account or of one of its RAM users. This answer is the only one that contains the secret.',
    zh: '为主账号或其 RAM 用户创建访问密钥。密钥内容仅在本次返回，之后无法再查询。',
  },
  version: '2026-11-01',
  quota: { perSecond: 10 },
  callers: 'account',

  parameters: {
    UserName: optional(
      text({
        en: 'The RAM user that the key belongs to. If it is not given, the key belongs to the account.',
        zh: '密钥所属的 RAM 用户；不传则属于主账号。',
      }),
    ),
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
      if (error instanceof NotFound) call.fail('iot.access.NotExistedUser', 'It was deleted meanwhile.')
      throw error
    }
  },
})
