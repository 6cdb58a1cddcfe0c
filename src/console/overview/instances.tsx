import { Button, Card, Empty, Table, Typography } from 'antd'
import { Link } from 'wouter'
import { useAsk } from '../shell/asking.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { useFigures } from '../shell/figures.ts'
import { ReloadOutlined } from '../shell/icons.tsx'
import { useTexts } from '../shell/language.tsx'
import { linkTo } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { Lacking } from './lacking.tsx'
import { texts } from './texts.ts'

export interface Instance {
  /** Empty for the public instance. */
  readonly IotInstanceId: string
  readonly InstanceName: string
  readonly InstanceType: string
  /** Milliseconds. */
  readonly GmtCreate: number
  readonly ProductCount: number
  readonly DeviceCount: number
}

/** The instances of the account, as far as the key may ask for them. */
export function useInstances() {
  const { may } = useSession()
  const asked = useAsk('ListInstances', {}, { enabled: may('ListInstances') })
  return { ...asked, instances: asked.data?.Data.Instance as readonly Instance[] | undefined }
}

/** The instances, each with its ID and what it holds. */
export function Instances() {
  const words = useTexts(texts)
  const { may } = useSession()
  const { count } = useFigures()
  const { instances, error, refetch, isFetching } = useInstances()
  if (!may('ListInstances'))
    return (
      <Card size="small" title={words.instances}>
        <Lacking action="ListInstances" />
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
        <Table<Instance>
          aria-label={words.instances}
          size="small"
          rowKey="IotInstanceId"
          loading={instances === undefined}
          dataSource={instances ?? []}
          pagination={false}
          scroll={{ x: 'max-content' }}
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
