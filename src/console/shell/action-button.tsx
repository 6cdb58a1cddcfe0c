import { Button, type ButtonProps, Tooltip } from 'antd'
import { type Texts, useTexts } from './language.tsx'
import { isOfAccountsOnly, useSession } from './session.tsx'

const texts: Texts<{
  readonly lacks: (action: string) => string
  readonly ofAccount: (action: string) => string
}> = {
  en: {
    lacks: (action) => `Your key may not call ${action}. The account’s own key can allow it, under Access.`,
    ofAccount: (action) => `${action} takes the account’s own key; yours is a RAM user’s.`,
  },
  zh: {
    lacks: (action) => `当前密钥无权调用 ${action}，可用主账号密钥在“访问控制”中授权。`,
    ofAccount: (action) => `${action} 只能使用主账号密钥调用，当前为 RAM 用户的密钥。`,
  },
}

/** Why the key may not call an operation, in words; undefined where it may. */
export function useMissingPermission(): (action: string) => string | undefined {
  const words = useTexts(texts)
  const { may } = useSession()
  return (action) =>
    may(action) ? undefined : isOfAccountsOnly(action) ? words.ofAccount(action) : words.lacks(action)
}

/**
 * A button that calls operations: disabled, with the reason, where the key may not.
 * @param actions what it calls; the first that is not allowed is told
 * @param unless another reason why it can't be used at the moment
 */
export function ActionButton({
  actions,
  unless,
  ...button
}: Omit<ButtonProps, 'disabled'> & {
  readonly actions: readonly string[]
  readonly unless?: string | undefined
}) {
  const missingPermissionFor = useMissingPermission()
  const reason =
    actions.map(missingPermissionFor).find((missingPermission) => missingPermission !== undefined) ?? unless
  return (
    <Tooltip title={reason}>
      <Button {...button} disabled={reason !== undefined} />
    </Tooltip>
  )
}
