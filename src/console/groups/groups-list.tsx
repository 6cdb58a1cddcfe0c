import { PlusOutlined, ReloadOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Empty, Flex, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { useAddressPage, useAddressParameters } from '../shell/address.ts'
import { useClearButton } from '../shell/clear.tsx'
import { Copyable } from '../shell/copy-button.tsx'
import { InstanceSelect } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { sendable } from '../shell/parameters.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { DeleteGroup } from './delete-group.tsx'
import { type Group, groupPath, listPath } from './group.ts'
import { GroupForm } from './group-form.tsx'
import { texts } from './texts.ts'

/** The maximum page size of QueryDeviceGroupList. */
const pageSize = 200

/** Loads the groups of an instance, or the direct subgroups of a group. */
export function useGroups(instance: string, superGroupId?: string) {
  const { client, accessKey, may } = useSession()
  const query = useInfiniteQuery({
    enabled: may('QueryDeviceGroupList'),
    queryKey: ['QueryDeviceGroupList', accessKey.id, 'all', instance, superGroupId],
    queryFn: ({ pageParam }) =>
      client.call(
        'QueryDeviceGroupList',
        sendable({
          IotInstanceId: instance,
          SuperGroupId: superGroupId,
          CurrentPage: pageParam,
          PageSize: pageSize,
        }),
      ),
    initialPageParam: 1,
    getNextPageParam: (last, _, page) => (page < last.PageCount ? page + 1 : undefined),
  })
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  useEffect(() => {
    // An instance has at most 1,000 groups.
    if (hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  return {
    ...query,
    groups: query.data?.pages.flatMap(({ Data }) => (Data?.GroupInfo ?? []) as readonly Group[]),
  }
}

/** The groups of an instance: search, open, create, delete. */
export function GroupsList({ instance }: { readonly instance: string }) {
  const words = useTexts(texts)
  const clear = useClearButton()
  const paging = useAddressPage()
  const [, go] = useLocation()
  const [{ find = '' }, setParameters] = useAddressParameters()
  const missingPermission = useMissingPermission()('QueryDeviceGroupList')
  const { groups, error, isFetching, refetch } = useGroups(instance)
  const [isCreating, setCreating] = useState(false)
  const sought = find.trim().toLowerCase()
  const found = (groups ?? []).filter(({ GroupName, GroupId, GroupDesc = '' }) =>
    [GroupName, GroupId, GroupDesc].some((text) => text.toLowerCase().includes(sought)),
  )
  return (
    <Flex vertical gap={16}>
      <Flex wrap gap={12} justify="space-between">
        <Flex wrap gap={12} flex="1 1 480px">
          <InstanceSelect value={instance} onChoose={(chosen) => go(listPath(chosen))} />
          <Input
            allowClear={clear}
            value={find}
            onChange={({ target }) => setParameters({ find: target.value, page: undefined })}
            placeholder={words.search}
            aria-label={words.search}
            style={{ flex: '1 1 240px', maxWidth: 400 }}
          />
        </Flex>
        <Flex gap={8}>
          <ActionButton
            actions={['QueryDeviceGroupList']}
            icon={<ReloadOutlined />}
            aria-label={words.refresh}
            title={words.refresh}
            loading={isFetching}
            onClick={() => void refetch()}
          />
          <ActionButton
            type="primary"
            actions={['CreateDeviceGroup']}
            icon={<PlusOutlined />}
            onClick={() => setCreating(true)}
          >
            {words.create}
          </ActionButton>
        </Flex>
      </Flex>
      {missingPermission}
      {error !== null && <Problem error={error} retry={refetch} />}
      <GroupsTable
        instance={instance}
        groups={found}
        isLoading={groups === undefined && error === null && missingPermission === undefined}
        empty={groups?.length === 0 ? words.noneYet : words.noneFound}
        paging={paging}
      />
      {isCreating && <GroupForm instance={instance} close={() => setCreating(false)} />}
    </Flex>
  )
}

/** Groups with their actions. */
export function GroupsTable(props: {
  readonly instance: string
  readonly groups: readonly Group[]
  readonly isLoading: boolean
  readonly empty: string
  readonly paging?: ReturnType<typeof useAddressPage>
}) {
  const { instance, groups, isLoading, empty, paging } = props
  const words = useTexts(texts)
  const [deleting, setDeleting] = useState<Group>()
  const byName = new Intl.Collator(undefined, { numeric: true })
  return (
    <>
      <WideTable<Group>
        aria-label={words.groups}
        rowKey="GroupId"
        size="middle"
        loading={isLoading}
        dataSource={[...groups]}
        pagination={{ ...paging, pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{
          emptyText: isLoading ? ' ' : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />,
        }}
        columns={[
          {
            title: words.name,
            dataIndex: 'GroupName',
            sorter: (a, b) => byName.compare(a.GroupName, b.GroupName),
            showSorterTooltip: false,
            render: (name: string, { GroupId }) => <Link href={groupPath(instance, GroupId)}>{name}</Link>,
          },
          {
            title: 'GroupId',
            dataIndex: 'GroupId',
            render: (id: string) => <Copyable text={id} what={`GroupId ${id}`} />,
          },
          { title: words.description, dataIndex: 'GroupDesc' },
          {
            title: words.created,
            dataIndex: 'UtcCreate',
            sorter: (a, b) => a.UtcCreate.localeCompare(b.UtcCreate),
            showSorterTooltip: false,
            render: (at: string) => <Time at={Date.parse(at)} />,
          },
          {
            title: words.actions,
            key: 'actions',
            render: (_, group) => (
              <ActionButton
                size="small"
                danger
                actions={['DeleteDeviceGroup']}
                aria-label={`${words.delete}: ${group.GroupName}`}
                onClick={() => setDeleting(group)}
              >
                {words.delete}
              </ActionButton>
            ),
          },
        ]}
      />
      {deleting !== undefined && (
        <DeleteGroup
          instance={instance}
          group={deleting}
          close={() => setDeleting(undefined)}
          deleted={() => setDeleting(undefined)}
        />
      )}
    </>
  )
}
