import { Alert } from 'antd'
import { useMissingPermission } from '../shell/action-button.tsx'

/** Replaces an answer that the key has no permission for. */
export function PermissionNotice({ action }: { readonly action: string }) {
  const missingPermissionFor = useMissingPermission()
  return <Alert type="info" showIcon title={missingPermissionFor(action)} />
}
