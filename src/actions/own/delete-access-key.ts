import { keyOf, userAccessKeyId } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Deletes an access key. */
export const deleteAccessKey = action({
  name: 'DeleteAccessKey',
  family: 'own',
  effect: 'destroy',
  summary: {
    en: "Deletes an access key permanently; every node rejects it at once. The key that signs the call can't be deleted.",
    zh: '永久删除访问密钥：此后任何节点都不再接受它。不能删除签名本次请求的密钥。',
  },
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
