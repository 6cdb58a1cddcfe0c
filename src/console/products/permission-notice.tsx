import { Typography } from 'antd'

/** Replaces content that the key has no permission for. */
export function PermissionNotice({ reason }: { readonly reason: string }) {
  return <Typography.Text type="secondary">{reason}</Typography.Text>
}
