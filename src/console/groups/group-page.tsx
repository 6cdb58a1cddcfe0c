import { PlusOutlined } from '@ant-design/icons'
import { Breadcrumb, Card, Flex, Typography } from 'antd'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { asLeft } from '../shell/address.ts'
import { lastAnswer, useApiQuery } from '../shell/api-query.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { InstanceName } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { Loading } from '../shell/loading.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { useTitle } from '../shell/title.ts'
import { DeleteGroup } from './delete-group.tsx'
import { type Group, listPath } from './group.ts'
import { GroupForm } from './group-form.tsx'
import { GroupsTable, useGroups } from './groups-list.tsx'
import { Members } from './members.tsx'
import { texts } from './texts.ts'

/** A group: its description, subgroups and devices. */
export function GroupPage({ instance, groupId }: { readonly instance: string; readonly groupId: string }) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const [, go] = useLocation()
  const missingPermission = useMissingPermission()('QueryDeviceGroupInfo')
  const query = useApiQuery(
    'QueryDeviceGroupInfo',
    { IotInstanceId: instance, GroupId: groupId },
    { enabled: missingPermission === undefined },
  )
  const group: Group | undefined = lastAnswer(query)?.Data
  const subgroups = useGroups(instance, groupId)
  const [open, setOpen] = useState<'edit' | 'delete' | 'sub'>()
  const close = () => setOpen(undefined)
  const title = group?.GroupName ?? groupId
  useTitle(title)
  const list = asLeft(`/groups${listPath(instance)}`)
  return (
    <Flex vertical gap={16}>
      <Breadcrumb
        items={[
          { title: <Link href={list}>{words.groups}</Link> },
          { title: <InstanceName id={instance} /> },
          { title },
        ]}
      />
      <Flex wrap gap={12} align="center" justify="space-between">
        <Flex wrap gap={12} align="center">
          <h2 style={{ margin: 0, fontSize: 20 }}>{title}</h2>
          <Copyable text={groupId} what="GroupId" />
        </Flex>
        {group !== undefined && (
          <Flex wrap gap={8}>
            <ActionButton actions={['UpdateDeviceGroup']} onClick={() => setOpen('edit')}>
              {words.edit}
            </ActionButton>
            <ActionButton danger actions={['DeleteDeviceGroup']} onClick={() => setOpen('delete')}>
              {words.delete}
            </ActionButton>
          </Flex>
        )}
      </Flex>
      {missingPermission}
      {query.isLoading && <Loading />}
      {query.error !== null && <Problem error={query.error} retry={query.refetch} />}
      {group !== undefined && (
        <Typography.Text type="secondary">
          {[
            group.GroupDesc,
            words.counts(
              count(group.DeviceCount ?? 0),
              count(group.DeviceActive ?? 0),
              count(group.DeviceOnline ?? 0),
            ),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Typography.Text>
      )}
      {(group !== undefined || missingPermission !== undefined) && (
        <>
          <Members instance={instance} groupId={groupId} groupName={title} />
          <Card
            size="small"
            title={words.subgroups}
            extra={
              <ActionButton
                size="small"
                actions={['CreateDeviceGroup']}
                icon={<PlusOutlined />}
                onClick={() => setOpen('sub')}
              >
                {words.createSub}
              </ActionButton>
            }
            styles={{ body: { padding: 0 } }}
          >
            <GroupsTable
              instance={instance}
              groups={subgroups.groups ?? []}
              isLoading={subgroups.isLoading}
              empty={words.noSubgroups}
            />
          </Card>
        </>
      )}
      {open === 'edit' && <GroupForm instance={instance} group={group!} close={close} />}
      {open === 'sub' && <GroupForm instance={instance} superGroupId={groupId} close={close} />}
      {open === 'delete' && (
        <DeleteGroup instance={instance} group={group!} close={close} deleted={() => go(list)} />
      )}
    </Flex>
  )
}
