import { Alert } from 'antd'
import { useLack } from '../shell/action-button.tsx'

/** Stands where the answer of an operation would, if the key were allowed to call it. */
export function Lacking({ action }: { readonly action: string }) {
  const lackOf = useLack()
  return <Alert type="info" showIcon title={lackOf(action)} />
}
