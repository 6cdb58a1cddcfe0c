import { CloseOutlined } from '@ant-design/icons'
import { App, Flex, Select, Space, Spin, Typography } from 'antd'
import { useState } from 'react'
import { groupLimits } from '../../rules/group-fields.ts'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { useApiMutation, useApiQuery } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { Problem, useShowProblem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { texts } from './device-texts.ts'
import { PermissionNotice } from './permission-notice.tsx'
import type { OfProduct } from './search.ts'

type OfDevice = OfProduct & { readonly name: string }

interface Group {
  readonly GroupId: string
  readonly GroupName: string
  readonly GroupDesc?: string
}

const stale = ['QueryDeviceGroupByDevice', 'QueryDeviceListByDeviceGroup', 'QueryDeviceGroupList']
const relation = ({ productKey, name }: OfDevice) => ({
  'Device.1.ProductKey': productKey,
  'Device.1.DeviceName': name,
})

/** The groups that a device is in: it is added to others and removed here. */
export function DeviceGroups(device: OfDevice) {
  const { instance, productKey, name } = device
  const words = useTexts(texts)
  const missingPermission = useMissingPermission()('QueryDeviceGroupByDevice')
  const tell = useShowProblem()
  const query = useApiQuery(
    'QueryDeviceGroupByDevice',
    { IotInstanceId: instance, ProductKey: productKey, DeviceName: name },
    { enabled: missingPermission === undefined },
  )
  const remove = useApiMutation('BatchDeleteDeviceGroupRelations', stale)
  if (missingPermission !== undefined) return <PermissionNotice reason={missingPermission} />
  if (query.error) return <Problem error={query.error} retry={query.refetch} />
  if (query.data === undefined) return <Spin size="small" />
  const groups: readonly Group[] = query.data.GroupInfos.GroupInfo
  return (
    <Flex wrap gap={8} align="center">
      {groups.map(({ GroupId, GroupName, GroupDesc }) => (
        <Space.Compact key={GroupId} size="small">
          <Space.Addon title={[GroupId, GroupDesc].filter(Boolean).join(' · ')}>{GroupName}</Space.Addon>
          <ActionButton
            actions={['BatchDeleteDeviceGroupRelations']}
            size="small"
            icon={<CloseOutlined />}
            aria-label={words.removeFromGroup(GroupName)}
            onClick={() =>
              remove.mutate({ IotInstanceId: instance, GroupId, ...relation(device) }, { onError: tell })
            }
          />
        </Space.Compact>
      ))}
      {groups.length === 0 && <Typography.Text type="secondary">{words.noGroups}</Typography.Text>}
      {groups.length < groupLimits.groupsOfDevice && <AddToGroup {...device} groups={groups} />}
    </Flex>
  )
}

/** As many groups as a call returns; others are found by their exact names. */
const listedMax = 200
const byName = (name: string) => `name ${name}`

function AddToGroup({ groups, ...device }: OfDevice & { readonly groups: readonly Group[] }) {
  const { instance } = device
  const words = useTexts(texts)
  const { may, client } = useSession()
  const { message } = App.useApp()
  const tell = useShowProblem()
  const [typed, setTyped] = useState('')
  const mayAdd = may('QueryDeviceGroupList') && may('BatchAddDeviceGroupRelations')
  const known = useApiQuery(
    'QueryDeviceGroupList',
    { IotInstanceId: instance, CurrentPage: 1, PageSize: listedMax },
    { enabled: mayAdd },
  )
  const create = useApiMutation('CreateDeviceGroup', [])
  const add = useApiMutation('BatchAddDeviceGroupRelations', stale)
  if (!mayAdd) return null
  const all: readonly Group[] = known.data?.Data.GroupInfo ?? []
  const others = all.filter(({ GroupId }) => !groups.some((own) => own.GroupId === GroupId))
  const name = typed.trim()
  const isNew = name !== '' && !all.some(({ GroupName }) => GroupName === name)

  /** The group of a name: one that is there, or a new one. */
  async function groupNamed(GroupName: string): Promise<string> {
    const found = await client.call('QueryDeviceGroupList', {
      ...(instance !== '' && { IotInstanceId: instance }),
      GroupName,
      CurrentPage: '1',
      PageSize: '1',
    })
    const [group]: readonly Group[] = found.Data.GroupInfo
    if (group !== undefined) return group.GroupId
    return (await create.mutateAsync({ IotInstanceId: instance, GroupName })).Data.GroupId
  }

  async function choose(value: string): Promise<void> {
    setTyped('')
    try {
      const GroupId = value === byName(name) ? await groupNamed(name) : value
      await add.mutateAsync({ IotInstanceId: instance, GroupId, ...relation(device) })
      message.success(words.added)
    } catch (error) {
      tell(error)
    }
  }

  return (
    <Select<string>
      size="small"
      aria-label={words.addToGroup}
      placeholder={words.chooseGroup}
      value={null as unknown as string}
      loading={known.isLoading || create.isPending || add.isPending}
      showSearch={{
        searchValue: typed,
        onSearch: setTyped,
        filterOption: (input, option) =>
          option?.value === byName(name) ||
          `${option?.label}`.toLowerCase().includes(input.trim().toLowerCase()),
      }}
      onSelect={(value: string) => void choose(value)}
      style={{ minWidth: 280 }}
      options={[
        ...others.map(({ GroupId, GroupName }) => ({ value: GroupId, label: GroupName })),
        ...(isNew && may('CreateDeviceGroup')
          ? [{ value: byName(name), label: words.createGroup(name) }]
          : []),
      ]}
    />
  )
}
