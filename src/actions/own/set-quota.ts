import { int, optional, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { action } from '../shared/declare.ts'

/** Sets a quota of the account. */
export const setQuota = action({
  name: 'SetQuota',
  family: 'own',
  effect: 'write',
  summary: {
    en: 'Sets the quota of an operation, the calls per second that the account and its RAM users share; it takes effect on all nodes at once. A server that was started with --fixed-quotas rejects the call.',
    zh: '设置主账号及其 RAM 用户对某一操作共有的每秒调用限额，在所有节点立即生效。以 --fixed-quotas 启动的服务器拒绝该调用。',
  },
  version: '2026-11-01',
  quota: { perSecond: 10 },
  callers: 'account',

  parameters: {
    // Action is the name of this call itself in a V1 signature.
    ActionName: text({ en: 'The name of the operation.', zh: '操作名。' }),
    PerSecond: optional(
      int(
        { min: 0, max: 999_999_999 },
        {
          en: 'Calls per second; 0 rejects all calls. If it is not given, the default quota applies again.',
          zh: '每秒调用次数；0 表示全部拒绝。不传则恢复默认限额。',
        },
      ),
    ),
  },

  answer: {},

  failures: {
    'iot.quota.QuotasAreFixed': 200,
    'iot.quota.NotExistedAction': 200,
    'iot.common.InvalidFormattedParameter': 200,
  },

  async run({ ActionName, PerSecond }, call) {
    if (call.server.fixedQuotas) {
      call.fail('iot.quota.QuotasAreFixed', 'Its operator changes them with: rollcall quota set.')
    }
    if (!call.server.actions.has(ActionName)) {
      call.fail('iot.quota.NotExistedAction', `ActionName is ${displayed(ActionName)}.`)
    }
    if (ActionName === setQuota.name && PerSecond === 0) {
      call.fail('iot.common.InvalidFormattedParameter', 'Without SetQuota nothing could be set any more.')
    }
    await call.registry.accounts.setQuota(call.account, ActionName, PerSecond)
    return {}
  },
})
