import { text } from '../../api/shape.ts'
import { keyOf, userAccessKeyId } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

const states = ['Active', 'Inactive']

/** Takes an access key out of use, or into it again. */
export const updateAccessKey = action({
  name: 'UpdateAccessKey',
  family: 'own',
  effect: 'write',
  summary: {
    en: "Deactivates an access key, so that every node rejects it at once, or activates it again. The key that signs the call can't be deactivated.",
    zh: '停用访问密钥（此后任何节点都不再接受它），或重新启用。不能停用签名本次请求的密钥。',
  },
  version: '2026-11-01',
  quota: { perSecond: 10 },
  callers: 'account',

  parameters: {
    UserAccessKeyId: userAccessKeyId,
    Status: text(
      { en: 'The new state.', zh: '新状态。' },
      { values: states, failure: 'iot.common.InvalidFormattedParameter' },
    ),
  },

  answer: {},

  failures: {
    'iot.access.NotExistedAccessKey': 200,
    'iot.access.AccessKeyInUse': 200,
    'iot.common.InvalidFormattedParameter': 200,
  },

  async run({ UserAccessKeyId, Status }, call) {
    const active = Status === 'Active'
    const id = await keyOf(call, UserAccessKeyId, active ? undefined : 'made inactive')
    const changed = await call.registry.accessKeys.setActive(id, active)
    return changed ? {} : call.fail('iot.access.NotExistedAccessKey', 'It was deleted meanwhile.')
  },
})
