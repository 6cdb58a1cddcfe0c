import { text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { Duplicate } from '../../registry/registry.ts'
import { userName } from '../../rules/identifiers.ts'
import { allowedBy, permissions } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Creates a RAM user. */
export const createUser = action({
  name: 'CreateUser',
  family: 'own',
  effect: 'write',
  summary: {
    en: 'Creates a RAM user. A RAM user has access keys of its own, acts on the account’s data and shares the account’s quotas.',
    zh: '创建 RAM 用户：使用自己的访问密钥操作主账号的数据，并共用主账号的调用限额。',
  },
  version: '2026-11-01',
  quota: { perSecond: 10 },
  callers: 'account',

  parameters: {
    UserName: text({
      en: `The name of the RAM user, unique in the account: ${userName.words}.`,
      zh: 'RAM 用户名，在账号下唯一：1～64 个字符，可含字母、数字和 _ . - @。',
    }),
    ...permissions,
  },

  answer: {},

  failures: { 'iot.access.AlreadyExistedUserName': 200, 'iot.common.InvalidFormattedParameter': 200 },

  async run({ UserName, ...chosen }, call) {
    if (!userName.pattern.test(UserName)) {
      call.fail(
        'iot.common.InvalidFormattedParameter',
        `UserName must be ${userName.words}, not ${displayed(UserName)}.`,
      )
    }
    const allowed = allowedBy(call, chosen)
    try {
      await call.registry.accounts.createRamUser(call.account, UserName, allowed)
      return {}
    } catch (error) {
      if (error instanceof Duplicate)
        return call.fail('iot.access.AlreadyExistedUserName', `It is ${UserName}.`)
      throw error
    }
  },
})
