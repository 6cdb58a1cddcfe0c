import { Flex, Spin, Tag, Typography } from 'antd'
import type { Answer } from '../../client/outcome.ts'
import { useLack } from '../shell/action-button.tsx'
import { useAsk } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { texts } from './device-texts.ts'
import { Lacking } from './permission-notice.tsx'
import type { OfProduct } from './search.ts'

/** The groups that a device is in. */
export function DeviceGroups({ instance, productKey, name }: OfProduct & { readonly name: string }) {
  const words = useTexts(texts)
  const lack = useLack()('QueryDeviceGroupByDevice')
  const asked = useAsk(
    'QueryDeviceGroupByDevice',
    { IotInstanceId: instance, ProductKey: productKey, DeviceName: name },
    { enabled: lack === undefined },
  )
  if (lack !== undefined) return <Lacking reason={lack} />
  if (asked.error) return <Problem error={asked.error} retry={asked.refetch} />
  if (asked.data === undefined) return <Spin size="small" />
  const groups: Answer[] = asked.data.GroupInfos.GroupInfo
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
