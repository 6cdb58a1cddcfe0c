import { Button, type ButtonProps, Tooltip } from 'antd'
import { en } from '../texts/en/shell-action-button.ts'
import { zh } from '../texts/zh/shell-action-button.ts'
import { type Texts, useTexts } from './language.tsx'
import { isOfAccountsOnly, useSession } from './session.tsx'

const texts: Texts<typeof en> = { en, zh }

/** Returns why the key may not call an operation; undefined if it may. */
export function useMissingPermission(): (action: string) => string | undefined {
  const words = useTexts(texts)
  const { may } = useSession()
  return (action) =>
    may(action) ? undefined : isOfAccountsOnly(action) ? words.ofAccount(action) : words.lacks(action)
}

/**
 * A button that calls operations; disabled with the reason if the key may not call one.
 * @param actions the operations; the first one that is not permitted is reported
 * @param unless another reason for which the button is disabled
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
