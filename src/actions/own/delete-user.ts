import { existingUser, userOf } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Deletes a RAM user with its access keys. */
export const deleteUser = action({
  name: 'DeleteUser',
  family: 'own',
  effect: 'destroy',
  summary: {
    en: 'Deletes a RAM user and its access keys; every node rejects those keys at once.',
    zh: '删除 RAM 用户及其访问密钥，此后任何节点都不再接受这些密钥。',
  },
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
