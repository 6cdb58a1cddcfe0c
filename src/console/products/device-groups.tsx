import { Flex, Spin, Tag, Typography } from 'antd'
import { useMissingPermission } from '../shell/action-button.tsx'
import { useApiQuery } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { texts } from './device-texts.ts'
import { PermissionNotice } from './permission-notice.tsx'
import type { OfProduct } from './search.ts'

/** The groups of a device. */
export function DeviceGroups({ instance, productKey, name }: OfProduct & { readonly name: string }) {
  const words = useTexts(texts)
  const missingPermission = useMissingPermission()('QueryDeviceGroupByDevice')
  const query = useApiQuery(
    'QueryDeviceGroupByDevice',
    { IotInstanceId: instance, ProductKey: productKey, DeviceName: name },
    { enabled: missingPermission === undefined },
  )
  if (missingPermission !== undefined) return <PermissionNotice reason={missingPermission} />
  if (query.error) return <Problem error={query.error} retry={query.refetch} />
  if (query.data === undefined) return <Spin size="small" />
  const groups = query.data.GroupInfos.GroupInfo
  if (groups.length === 0) return <Typography.Text type="secondary">{words.noGroups}</Typography.Text>
  return (
    <Flex wrap gap={8}>
      {groups.map(({ GroupId, GroupName, GroupDesc }) => (
        <Tag key={GroupId} title={GroupDesc}>
          {GroupName}{' '}
          <Typography.Text type="secondary" className="mono">
            {GroupId}
          </Typography.Text>
        </Tag>
      ))}
    </Flex>
  )
}
