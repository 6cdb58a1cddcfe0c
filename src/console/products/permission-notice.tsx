import { Typography } from 'antd'

/** Stands where something would, if the key were allowed to ask for it. */
export function PermissionNotice({ reason }: { readonly reason: string }) {
  return <Typography.Text type="secondary">{reason}</Typography.Text>
}
