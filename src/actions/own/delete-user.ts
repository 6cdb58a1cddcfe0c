import { existingUser, userOf } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Deletes a RAM user with its access keys. */
export const deleteUser = action({
  name: 'DeleteUser',
  family: 'own',
  effect: 'destroy',
  summary:
    'Deletes a RAM user and its access keys, which no node takes from then on. For the account’s own keys. An operation of Rollcall’s own.',
  version: '2026-11-01',
  quota: { perSecond: 10 },
  callers: 'account',

  parameters: { UserName: existingUser },

  answer: {},

  failures: { 'iot.access.NotExistedUser': 200 },

  async run({ UserName }, call) {
    const { id } = await userOf(call, UserName)
    const deleted = await call.registry.accounts.deleteRamUser(id)
    return deleted ? {} : call.fail('iot.access.NotExistedUser', 'It was deleted meanwhile.')
  },
})
