import { keyOf, userAccessKeyId } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Deletes an access key. */
export const deleteAccessKey = action({
  name: 'DeleteAccessKey',
  family: 'own',
  effect: 'destroy',
  summary:
    'Deletes an access key for good: no node takes it from then on. The key that signs the call is not deleted. For the account’s own keys. An operation of Rollcall’s own.',
  version: '2026-11-01',
  quota: { perSecond: 10 },
  callers: 'account',

  parameters: { UserAccessKeyId: userAccessKeyId },

  answer: {},

  failures: { 'iot.access.NotExistedAccessKey': 200, 'iot.access.AccessKeyInUse': 200 },

  async run({ UserAccessKeyId }, call) {
    const id = await keyOf(call, UserAccessKeyId, 'deleted')
    const deleted = await call.registry.accessKeys.delete(id)
    return deleted ? {} : call.fail('iot.access.NotExistedAccessKey', 'It was deleted meanwhile.')
  },
})
