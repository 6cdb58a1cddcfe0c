import { Alert } from 'antd'
import { useMissingPermission } from '../shell/action-button.tsx'

/** Warns a user who may not import before they choose a file. */
export function MissingPermissions() {
  const missingPermissionFor = useMissingPermission()
  const reasons = ['BatchImportDevice', 'BatchCheckImportDevice']
    .map(missingPermissionFor)
    .filter((reason) => reason !== undefined)
  if (reasons.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={reasons[0]}
      description={reasons.slice(1).map((reason) => <div key={reason}>{reason}</div>)}
    />
  )
}
