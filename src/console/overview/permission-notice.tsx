import { Alert } from 'antd'
import { useMissingPermission } from '../shell/action-button.tsx'

/** Stands where the answer of an operation would, if the key were allowed to call it. */
export function PermissionNotice({ action }: { readonly action: string }) {
  const missingPermissionFor = useMissingPermission()
  return <Alert type="info" showIcon title={missingPermissionFor(action)} />
}
