import { allowedBy, existingUser, permissions, userOf } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Sets what a RAM user may call. */
export const setUserPermissions = action({
  name: 'SetUserPermissions',
  family: 'own',
  effect: 'write',
  summary: {
    en: 'Replaces the permissions of a RAM user; they take effect on all nodes at once.',
    zh: '设置 RAM 用户可调用的操作，替换原有设置，在所有节点立即生效。',
  },
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
