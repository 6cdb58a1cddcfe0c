import { PlusOutlined } from '@ant-design/icons'
import { Card, Empty, Flex, Pagination, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { useAddressParameters } from '../shell/address.ts'
import { useApiQuery } from '../shell/api-query.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { usePageSteps } from '../shell/page-steps.tsx'
import { linkTo } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { AddMembers } from './add-members.tsx'
import { texts } from './texts.ts'
import { useMembership } from './use-membership.ts'

interface Member {
  readonly ProductKey: string
  readonly ProductName: string
  readonly DeviceName: string
  readonly IotId: string
}

const pageSizes = [20, 50, 100, 200]

/** The devices of a group, newest first: add and remove. */
export function Members(props: {
  readonly instance: string
  readonly groupId: string
  readonly groupName: string
}) {
  const { instance, groupId } = props
  const words = useTexts(texts)
  const pageSteps = usePageSteps()
  const { count } = useNumberFormat()
  const [parameters, setParameters] = useAddressParameters()
  const page = Math.max(1, Number.parseInt(parameters.page ?? '', 10) || 1)
  const size = pageSizes.find((known) => String(known) === parameters.size) ?? pageSizes[0]!
  const missingPermission = useMissingPermission()('QueryDeviceListByDeviceGroup')
  const { data, error, isLoading, isPlaceholderData, refetch } = useApiQuery(
    'QueryDeviceListByDeviceGroup',
    { IotInstanceId: instance, GroupId: groupId, CurrentPage: page, PageSize: size },
    { enabled: missingPermission === undefined, keepPrevious: true },
  )
  const members: readonly Member[] = data?.Data?.SimpleDeviceInfo ?? []
  const [selected, setSelected] = useState<readonly string[]>([])
  const [isAdding, setAdding] = useState(false)
  const change = useMembership(props)
  const remove = () => {
    change(
      'BatchDeleteDeviceGroupRelations',
      members
        .filter(({ IotId }) => selected.includes(IotId))
        .map(({ ProductKey, DeviceName }) => [ProductKey, DeviceName] as const),
    )
    setSelected([])
  }
  return (
    <Card
      size="small"
      title={words.devices}
      extra={
        <Flex gap={8} align="center">
          {selected.length > 0 && (
            <>
              <Typography.Text>{words.selected(count(selected.length))}</Typography.Text>
              <ActionButton size="small" actions={['BatchDeleteDeviceGroupRelations']} onClick={remove}>
                {words.remove}
              </ActionButton>
            </>
          )}
          <ActionButton
            size="small"
            type="primary"
            actions={['BatchAddDeviceGroupRelations']}
            icon={<PlusOutlined />}
            onClick={() => setAdding(true)}
          >
            {words.addDevices}
          </ActionButton>
        </Flex>
      }
      styles={{ body: { padding: 0 } }}
    >
      {missingPermission}
      {error !== null && <Problem error={error} retry={refetch} />}
      <WideTable<Member>
        aria-label={words.devices}
        rowKey="IotId"
        size="small"
        loading={isLoading || isPlaceholderData}
        dataSource={[...members]}
        pagination={false}
        rowSelection={{
          selectedRowKeys: [...selected],
          getTitleCheckboxProps: () => ({ 'aria-label': words.selectAll }) as object,
          getCheckboxProps: ({ DeviceName }) => ({ 'aria-label': words.select(DeviceName) }) as object,
          onChange: (keys) => setSelected(keys as string[]),
        }}
        locale={{
          emptyText:
            data === undefined ? (
              ' '
            ) : (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.noDevices} />
            ),
        }}
        columns={[
          {
            title: 'DeviceName',
            dataIndex: 'DeviceName',
            render: (name: string, { ProductKey }) => (
              <Link
                className="mono"
                href={`${linkTo.product(instance, ProductKey)}/${encodeURIComponent(name)}`}
              >
                {name}
              </Link>
            ),
          },
          {
            title: words.product,
            dataIndex: 'ProductName',
            render: (name: string, { ProductKey }) => (
              <Link href={linkTo.product(instance, ProductKey)}>{name}</Link>
            ),
          },
          {
            title: 'IotId',
            dataIndex: 'IotId',
            render: (id: string) => <Copyable text={id} what={`IotId ${id}`} />,
          },
        ]}
      />
      <Pagination
        itemRender={pageSteps}
        size="small"
        align="end"
        style={{ padding: 8 }}
        hideOnSinglePage={(data?.Total ?? 0) <= pageSizes[0]!}
        showSizeChanger
        pageSizeOptions={pageSizes}
        current={page}
        pageSize={size}
        total={data?.Total ?? 0}
        onChange={(page, size) => {
          setSelected([])
          setParameters({
            page: page === 1 ? undefined : String(page),
            size: size === pageSizes[0] ? undefined : String(size),
          })
        }}
      />
      {isAdding && (
        <AddMembers
          instance={instance}
          close={() => setAdding(false)}
          add={(devices) => change('BatchAddDeviceGroupRelations', devices)}
        />
      )}
    </Card>
  )
}
