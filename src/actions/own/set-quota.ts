import { int, optional, text } from '../../api/shape.ts'
import { shown } from '../../lib/text.ts'
import { action } from '../shared/declare.ts'

/** Gives the account a quota of its own. */
export const setQuota = action({
  name: 'SetQuota',
  family: 'own',
  effect: 'write',
  summary:
    'Sets how many calls a second the account and its RAM users have together of an operation, on every node and at once. For the account’s own keys; refused where the server was started with --fixed-quotas. An operation of Rollcall’s own.',
  version: '2026-11-01',
  quota: { perSecond: 10 },
  callers: 'account',

  parameters: {
    // Action is the name of this call itself in a V1 signature.
    ActionName: text('The operation.'),
    PerSecond: optional(
      int(
        { min: 0, max: 999_999_999 },
        'Calls a second; 0 refuses all. Where it is left out, the declared quota counts again.',
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
      call.fail('iot.quota.NotExistedAction', `ActionName is ${shown(ActionName)}.`)
    }
    if (ActionName === setQuota.name && PerSecond === 0) {
      call.fail('iot.common.InvalidFormattedParameter', 'Without SetQuota nothing could be set any more.')
    }
    await call.registry.accounts.setQuota(call.account, ActionName, PerSecond)
    return {}
  },
})
