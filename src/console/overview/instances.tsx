import { ReloadOutlined } from '@ant-design/icons'
import { Button, Card, Empty, Typography } from 'antd'
import { Link } from 'wouter'
import { Copyable } from '../shell/copy-button.tsx'
import { type Instance, instanceTexts, useInstances } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { PermissionNotice } from './permission-notice.tsx'
import { texts } from './texts.ts'

/** The instances with their IDs and numbers of products and devices. */
export function Instances() {
  const words = { ...useTexts(texts), ...useTexts(instanceTexts) }
  const { may } = useSession()
  const { count } = useNumberFormat()
  const { instances, error, refetch, isFetching } = useInstances()
  if (!may('ListInstances'))
    return (
      <Card size="small" title={words.instances}>
        <PermissionNotice action="ListInstances" />
      </Card>
    )
  return (
    <Card
      size="small"
      title={words.instances}
      extra={
        <Button
          type="text"
          size="small"
          icon={<ReloadOutlined spin={isFetching} />}
          aria-label={`${words.refresh}: ${words.instances}`}
          title={words.refresh}
          onClick={() => refetch()}
        />
      }
      styles={{ body: { padding: 0 } }}
    >
      {error !== null ? (
        <Problem error={error} retry={refetch} />
      ) : (
        <WideTable<Instance>
          aria-label={words.instances}
          size="small"
          rowKey="IotInstanceId"
          loading={instances === undefined}
          dataSource={instances ?? []}
          pagination={false}
          locale={{ emptyText: <Empty description={instances && words.noInstance} /> }}
          columns={[
            {
              title: words.instance,
              key: 'name',
              render: (_, { IotInstanceId, InstanceName }) => (
                <Link href={linkTo.products(IotInstanceId)}>
                  {IotInstanceId === '' ? words.publicInstance : InstanceName || IotInstanceId}
                </Link>
              ),
            },
            {
              title: 'IotInstanceId',
              dataIndex: 'IotInstanceId',
              render: (id: string) =>
                id === '' ? (
                  <Typography.Text type="secondary">{words.noInstanceId}</Typography.Text>
                ) : (
                  <Copyable text={id} what="IotInstanceId" />
                ),
            },
            {
              title: words.type,
              dataIndex: 'InstanceType',
              render: (type: string) => words.types[type] ?? type,
            },
            { title: words.products, dataIndex: 'ProductCount', align: 'end', render: count },
            { title: words.devices, dataIndex: 'DeviceCount', align: 'end', render: count },
            { title: words.created, dataIndex: 'GmtCreate', render: (at: number) => <Time at={at} /> },
          ]}
        />
      )}
    </Card>
  )
}
