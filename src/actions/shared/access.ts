import { bool, int, optional, text, texts, wrappedList } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { actionPattern, problemWith } from '../../rules/identifiers.ts'
import type { Call } from './declare.ts'

/** Shared parts of the operations on RAM users and access keys. */

export const existingUser = text({ en: 'The name of the RAM user.', zh: 'RAM 用户名。' })
/** The name AccessKeyId is the caller’s own in a V1 signature; RAM’s operations call it this, too. */
export const userAccessKeyId = text({
  en: 'The AccessKeyId of the access key.',
  zh: '访问密钥的 AccessKeyId。',
})
export const milliseconds = (what: string) => int({}, `${what}, in milliseconds since 1970 UTC.`)

export const permissions = {
  AllowedAction: texts({
    max: 100,
    required: false,
    doc: {
      en: `The operations that the user may call: ${actionPattern.words}. If none is given, the user may call nothing.`,
      zh: '用户可调用的操作：iot: 加操作名，例如 iot:BatchCheckImportDevice 或 iot:Query*。不传则不能调用任何操作。',
    },
  }),
  AllowAll: optional(
    bool(
      {
        en: 'True allows all operations, including those that later versions add. AllowedAction must not be given then.',
        zh: 'true 表示允许全部操作，包括以后版本新增的；此时不传 AllowedAction。',
      },
      {
        default: false,
      },
    ),
  ),
}
export const allowedActions = optional(
  wrappedList(
    'Action',
    text('A pattern such as iot:Query*. AllowedActions is left out where all is allowed.'),
  ),
)
export const allowedActionsOf = (allowed: readonly string[] | undefined) => allowed && { Action: allowed }

/** The patterns that a call gives a user; undefined for everything. */
export function allowedBy(
  call: Call<'iot.common.InvalidFormattedParameter'>,
  {
    AllowedAction,
    AllowAll = false,
  }: { readonly AllowedAction: readonly string[]; readonly AllowAll?: boolean | undefined },
): readonly string[] | undefined {
  if (AllowAll && AllowedAction.length > 0) {
    call.fail('iot.common.InvalidFormattedParameter', 'AllowAll and AllowedAction can’t be given together.')
  }
  for (const pattern of AllowedAction) {
    const wrong = problemWith(actionPattern, pattern)
    if (wrong !== undefined) call.fail('iot.common.InvalidFormattedParameter', `In AllowedAction ${wrong}.`)
  }
  return AllowAll ? undefined : AllowedAction
}

/** The RAM user of the account that a call names, or iot.access.NotExistedUser. */
export async function userOf(call: Call<'iot.access.NotExistedUser'>, name: string) {
  const user = await call.registry.accounts.ramUser(call.account, name)
  return user ?? call.fail('iot.access.NotExistedUser', `UserName is ${displayed(name)}.`)
}

/**
 * The access key of the account or of one of its RAM users that a call names, to be taken out of use.
 * @param what would be done; the key that signs the call is spared: its owner would have locked itself out
 */
export async function keyOf(
  call: Call<'iot.access.NotExistedAccessKey' | 'iot.access.AccessKeyInUse'>,
  id: string,
  what?: string,
): Promise<string> {
  const key = (await call.registry.accessKeys.of(call.account)).find((key) => key.id === id)
  if (key === undefined) {
    return call.fail('iot.access.NotExistedAccessKey', `UserAccessKeyId is ${displayed(id)}.`)
  }
  if (what !== undefined && id === call.caller.accessKeyId) {
    call.fail(
      'iot.access.AccessKeyInUse',
      `It can’t be ${what} by itself; sign with another key of the account.`,
    )
  }
  return id
}
