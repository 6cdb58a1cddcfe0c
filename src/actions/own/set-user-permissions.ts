import { allowedBy, existingUser, permissions, userOf } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Sets what a RAM user may call. */
export const setUserPermissions = action({
  name: 'SetUserPermissions',
  family: 'own',
  effect: 'write',
  summary:
    'Sets what a RAM user may call, instead of what it might before; on every node and at once. For the account’s own keys. An operation of Rollcall’s own.',
  version: '2026-11-01',
  quota: { perSecond: 10 },
  callers: 'account',

  parameters: { UserName: existingUser, ...permissions },

  answer: {},

  failures: { 'iot.access.NotExistedUser': 200, 'iot.common.InvalidFormattedParameter': 200 },

  async run({ UserName, ...chosen }, call) {
    const allowed = allowedBy(call, chosen)
    const { id } = await userOf(call, UserName)
    const set = await call.registry.accounts.setAllowed(id, allowed)
    return set ? {} : call.fail('iot.access.NotExistedUser', 'It was deleted meanwhile.')
  },
})
