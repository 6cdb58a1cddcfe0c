import { PlusOutlined } from '@ant-design/icons'
import { Alert, App, Button, Flex, Space, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useAddressPage } from '../shell/address.ts'
import { useApiMutation } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem, useShowProblem } from '../shell/problem.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { EditUser } from './edit-user.tsx'
import { type User, useKeys, usersIn, useUsers } from './lists.ts'
import { CreateKey } from './new-key.tsx'
import { presetOf } from './permissions.ts'
import { texts as common } from './texts.ts'
import { texts } from './users-texts.ts'

/** The RAM users of the account. */
export function Users() {
  const words = { ...useTexts(common), ...useTexts(texts) }
  const paging = useAddressPage()
  const { count } = useNumberFormat()
  const { modal } = App.useApp()
  const tellProblem = useShowProblem()
  const { users, error, refetch } = useUsers()
  const { keys } = useKeys()
  const [editing, setEditing] = useState<User | 'new'>()
  const [created, setCreated] = useState<string>()
  const [keyFor, setKeyFor] = useState<string>()
  const { mutateAsync: remove } = useApiMutation('DeleteUser', ['ListUsers', 'ListAccessKeys'])
  /** Loads the user again, because their permissions may have changed since the list was loaded. */
  const edit = async ({ UserName: name }: User) => {
    const { data, error } = await refetch()
    if (error === null) setEditing(usersIn(data)?.find(({ UserName }) => UserName === name))
  }
  const keysOf = (name: string) => keys?.filter(({ UserName }) => UserName === name).length ?? 0
  const askToRemove = ({ UserName }: User) =>
    modal.confirm({
      title: words.removeOf(UserName),
      content: words.removeLoses(keysOf(UserName)),
      okText: words.remove,
      okButtonProps: { danger: true },
      cancelText: words.cancel,
      onOk: () => remove({ UserName }).catch(tellProblem),
    })
  return (
    <Flex vertical gap={12}>
      <Flex wrap gap={12} justify="space-between" align="center">
        <Typography.Text type="secondary" style={{ flex: '1 1 280px' }}>
          {words.about}
        </Typography.Text>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
          {words.create}
        </Button>
      </Flex>
      {created !== undefined && users?.some(({ UserName }) => UserName === created) && (
        <Alert
          type="success"
          showIcon
          closable
          onClose={() => setCreated(undefined)}
          title={words.created(created)}
          action={
            <Button size="small" onClick={() => setKeyFor(created)}>
              {words.createKey}
            </Button>
          }
        />
      )}
      {error !== null ? (
        <Problem error={error} retry={refetch} />
      ) : (
        <WideTable<User>
          aria-label={words.users}
          size="small"
          rowKey="UserName"
          loading={users === undefined}
          dataSource={users ?? []}
          pagination={{ ...paging, pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: users && words.none }}
          columns={[
            {
              title: 'UserName',
              dataIndex: 'UserName',
              render: (name: string) => <span className="mono">{name}</span>,
            },
            {
              title: words.permissions,
              key: 'permissions',
              render: (_, { AllowedActions }) => <PermissionTags permissions={AllowedActions?.Action} />,
            },
            {
              title: words.keyCount,
              key: 'keys',
              align: 'end',
              render: (_, { UserName }) => (keys === undefined ? '–' : count(keysOf(UserName))),
            },
            { title: words.made, dataIndex: 'GmtCreate', render: (at: number) => <Time at={at} /> },
            {
              title: words.actions,
              key: 'actions',
              render: (_, user) => (
                <Space size={4} wrap>
                  <Button
                    size="small"
                    aria-label={`${words.edit}: ${user.UserName}`}
                    onClick={() => void edit(user)}
                  >
                    {words.edit}
                  </Button>
                  <Button
                    size="small"
                    aria-label={`${words.createKey}: ${user.UserName}`}
                    onClick={() => setKeyFor(user.UserName)}
                  >
                    {words.createKey}
                  </Button>
                  <Button
                    size="small"
                    danger
                    aria-label={`${words.remove}: ${user.UserName}`}
                    onClick={() => askToRemove(user)}
                  >
                    {words.remove}
                  </Button>
                </Space>
              ),
            },
          ]}
        />
      )}
      {editing !== undefined && (
        <EditUser
          user={editing === 'new' ? undefined : editing}
          taken={users?.map(({ UserName }) => UserName) ?? []}
          onCancel={() => setEditing(undefined)}
          onDone={(name) => {
            if (editing === 'new') setCreated(name)
            setEditing(undefined)
          }}
        />
      )}
      {keyFor !== undefined && (
        <CreateKey
          owner={keyFor}
          onClose={() => {
            setKeyFor(undefined)
            setCreated(undefined)
          }}
        />
      )}
    </Flex>
  )
}

/** A user's permissions: the preset's name, or the patterns. */
export function PermissionTags({ permissions }: { readonly permissions: readonly string[] | undefined }) {
  const words = useTexts(texts)
  const preset = presetOf(permissions)
  if (preset !== 'some')
    return (
      <Tag color={preset === 'all' ? 'warning' : 'default'} title={permissions?.join(' ')}>
        {words.presets[preset]}
      </Tag>
    )
  return (
    <Flex wrap gap={4} style={{ maxWidth: 300 }}>
      {permissions!.map((pattern) => (
        <Tag key={pattern} className="mono" style={{ margin: 0 }}>
          {pattern}
        </Tag>
      ))}
    </Flex>
  )
}
