import { PlusOutlined } from '@ant-design/icons'
import { App, Badge, Button, Flex, Input, Space, Tag, Tooltip, Typography } from 'antd'
import { useState } from 'react'
import { useAddressPage, useAddressParameters } from '../shell/address.ts'
import { useApiMutation } from '../shell/api-query.ts'
import { useClearButton } from '../shell/clear.tsx'
import { Copyable } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { Problem, useShowProblem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { texts } from './keys-texts.ts'
import { type ListedKey, useKeys } from './lists.ts'
import { CreateKey } from './new-key.tsx'
import { texts as common } from './texts.ts'

/** The access keys of the account and of its RAM users. */
export function Keys() {
  const words = { ...useTexts(common), ...useTexts(texts) }
  const paging = useAddressPage()
  const clear = useClearButton()
  const { accessKey } = useSession()
  const { modal } = App.useApp()
  const tellProblem = useShowProblem()
  const { keys, error, refetch } = useKeys()
  const [isCreating, setCreating] = useState(false)
  const [{ find: sought = '' }, setParameters] = useAddressParameters()
  const { mutateAsync: update } = useApiMutation('UpdateAccessKey', ['ListAccessKeys'])
  const { mutateAsync: remove } = useApiMutation('DeleteAccessKey', ['ListAccessKeys'])
  const setStatus = (id: string, Status: ListedKey['Status']) =>
    update({ UserAccessKeyId: id, Status }).catch(tellProblem)
  const askToDisable = (id: string) =>
    modal.confirm({
      title: words.disableOf(id),
      content: words.disableLoses,
      okText: words.disable,
      okButtonProps: { danger: true },
      cancelText: words.cancel,
      onOk: () => setStatus(id, 'Inactive'),
    })
  const askToRemove = (id: string) =>
    modal.confirm({
      title: words.removeOf(id),
      content: words.removeLoses,
      okText: words.remove,
      okButtonProps: { danger: true },
      cancelText: words.cancel,
      onOk: () => remove({ UserAccessKeyId: id }).catch(tellProblem),
    })
  const wanted = sought.trim().toLowerCase()
  const ownerOf = ({ UserName }: ListedKey) => UserName ?? words.accountShort
  const found = (keys ?? []).filter((key) =>
    [key.AccessKeyId, ownerOf(key)].some((text) => text.toLowerCase().includes(wanted)),
  )
  return (
    <Flex vertical gap={12}>
      <Flex wrap gap={12} justify="space-between" align="center">
        <Typography.Text type="secondary" style={{ flex: '1 1 280px' }}>
          {words.about}
        </Typography.Text>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
          {words.create}
        </Button>
      </Flex>
      <Input
        allowClear={clear}
        value={sought}
        onChange={({ target }) => setParameters({ find: target.value, page: undefined })}
        placeholder={words.search}
        aria-label={words.search}
        style={{ maxWidth: 360 }}
      />
      {error !== null ? (
        <Problem error={error} retry={refetch} />
      ) : (
        <WideTable<ListedKey>
          aria-label={words.keys}
          size="small"
          rowKey="AccessKeyId"
          loading={keys === undefined}
          dataSource={found}
          pagination={{ ...paging, pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: keys && (keys.length === 0 ? words.none : words.noneSuch) }}
          columns={[
            {
              title: 'AccessKeyId',
              dataIndex: 'AccessKeyId',
              render: (id: string) => (
                <>
                  <Copyable text={id} what="AccessKeyId" />
                  {id === accessKey.id && <Tag color="blue">{words.inUse}</Tag>}
                </>
              ),
            },
            {
              title: words.owner,
              key: 'owner',
              render: (_, { UserName }) =>
                UserName === undefined ? words.accountShort : <span className="mono">{UserName}</span>,
            },
            {
              title: words.status,
              dataIndex: 'Status',
              render: (status: ListedKey['Status']) => (
                <Badge
                  status={status === 'Active' ? 'success' : 'default'}
                  text={words.statuses[status] ?? status}
                />
              ),
            },
            { title: words.made, dataIndex: 'GmtCreate', render: (at: number) => <Time at={at} /> },
            {
              title: words.actions,
              key: 'actions',
              render: (_, { AccessKeyId: id, Status }) => {
                const isInUse = id === accessKey.id
                return (
                  <Space size={4} wrap>
                    {Status === 'Active' ? (
                      <Tooltip title={isInUse && words.noDisableInUse}>
                        <Button
                          size="small"
                          disabled={isInUse}
                          aria-label={`${words.disable}: ${id}`}
                          onClick={() => askToDisable(id)}
                        >
                          {words.disable}
                        </Button>
                      </Tooltip>
                    ) : (
                      <Button
                        size="small"
                        aria-label={`${words.enable}: ${id}`}
                        onClick={() => setStatus(id, 'Active')}
                      >
                        {words.enable}
                      </Button>
                    )}
                    <Tooltip title={isInUse && words.noRemoveInUse}>
                      <Button
                        size="small"
                        danger
                        disabled={isInUse}
                        aria-label={`${words.remove}: ${id}`}
                        onClick={() => askToRemove(id)}
                      >
                        {words.remove}
                      </Button>
                    </Tooltip>
                  </Space>
                )
              },
            },
          ]}
        />
      )}
      {isCreating && <CreateKey owner="" onClose={() => setCreating(false)} />}
    </Flex>
  )
}
