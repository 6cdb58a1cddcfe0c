import { text } from '../../api/shape.ts'
import { shown } from '../../lib/text.ts'
import { Taken } from '../../registry/registry.ts'
import { userName } from '../../rules/identifiers.ts'
import { allowedBy, permissions } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Makes a RAM user. */
export const createUser = action({
  name: 'CreateUser',
  family: 'own',
  effect: 'write',
  summary:
    'Creates a RAM user: it acts on the account’s data and shares its quotas, with access keys of its own. For the account’s own keys. An operation of Rollcall’s own.',
  version: '2026-11-01',
  quota: { perSecond: 10 },
  callers: 'account',

  parameters: {
    UserName: text(`The name of the RAM user, unique in the account: ${userName.words}.`),
    ...permissions,
  },

  answer: {},

  failures: { 'iot.access.AlreadyExistedUserName': 200, 'iot.common.InvalidFormattedParameter': 200 },

  async run({ UserName, ...chosen }, call) {
    if (!userName.pattern.test(UserName)) {
      call.fail(
        'iot.common.InvalidFormattedParameter',
        `UserName must be ${userName.words}, not ${shown(UserName)}.`,
      )
    }
    const allowed = allowedBy(call, chosen)
    try {
      await call.registry.accounts.createRamUser(call.account, UserName, allowed)
      return {}
    } catch (error) {
      if (error instanceof Taken) return call.fail('iot.access.AlreadyExistedUserName', `It is ${UserName}.`)
      throw error
    }
  },
})
