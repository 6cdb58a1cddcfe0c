import { Alert, Button, Checkbox, Flex, Form, Input, Modal, Space, Tag, Tooltip, Typography } from 'antd'
import { useState } from 'react'
import { Refused } from '../../client/outcome.ts'
import { useAddressPage, useAddressParameters } from '../shell/address.ts'
import { useApiMutation, useApiQuery } from '../shell/api-query.ts'
import { useClearButton } from '../shell/clear.tsx'
import { FirstInput } from '../shell/first-input.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem, useShowProblem } from '../shell/problem.tsx'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { useSession } from '../shell/session.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { isChanged, matching, type Quota, wrongQuota } from './quotas.ts'
import { texts } from './quotas-texts.ts'
import { texts as common } from './texts.ts'

const areFixed = (error: unknown) => error instanceof Refused && error.code === 'iot.quota.QuotasAreFixed'

/** Lists and edits the quota of each operation. */
export function Quotas() {
  const words = { ...useTexts(common), ...useTexts(texts) }
  const paging = useAddressPage()
  const clear = useClearButton()
  const { count } = useNumberFormat()
  const tellProblem = useShowProblem()
  const { may } = useSession()
  const { data, error, refetch } = useApiQuery('ListQuotas')
  const quotas = data?.Data.Quota
  const [{ find: sought = '', changed }, setParameters] = useAddressParameters()
  const changedOnly = changed !== undefined
  const [changing, setChanging] = useState<Quota>()
  // The server reports this only on an attempt to change a quota.
  const [isFixed, setFixed] = useState(false)
  const { mutate, isPending } = useApiMutation('SetQuota', ['ListQuotas'])
  const set = (ActionName: string, PerSecond?: number) =>
    mutate(
      { ActionName, PerSecond },
      {
        onError: (error) => (areFixed(error) ? setFixed(true) : tellProblem(error)),
        onSettled: () => setChanging(undefined),
      },
    )
  const refusal = may('SetQuota') ? (isFixed ? words.fixed : undefined) : words.accountsOnly
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{words.about}</Typography.Text>
      {isFixed && (
        <Alert type="warning" showIcon role="alert" title={words.fixed} description={words.fixedHow} />
      )}
      <Flex wrap gap={12} align="center">
        <Input
          allowClear={clear}
          value={sought}
          onChange={({ target }) => setParameters({ find: target.value, page: undefined })}
          placeholder={words.search}
          aria-label={words.search}
          style={{ flex: '1 1 200px', maxWidth: 360 }}
        />
        <Checkbox
          checked={changedOnly}
          onChange={({ target }) =>
            setParameters({ changed: target.checked ? '1' : undefined, page: undefined })
          }
        >
          {words.changedOnly}
        </Checkbox>
      </Flex>
      {error !== null ? (
        <Problem error={error} retry={refetch} />
      ) : (
        <WideTable<Quota>
          aria-label={words.quotas}
          size="small"
          rowKey="Action"
          loading={quotas === undefined}
          dataSource={matching(quotas ?? [], sought, changedOnly)}
          pagination={{
            ...paging,
            pageSize: 20,
            hideOnSinglePage: true,
            showSizeChanger: false,
            size: 'small',
          }}
          locale={{ emptyText: quotas && words.none }}
          columns={[
            {
              title: words.operation,
              dataIndex: 'Action',
              render: (action: string) => <span className="mono">{action}</span>,
            },
            {
              title: words.perSecond,
              dataIndex: 'PerSecond',
              align: 'end',
              render: (perSecond: number, quota) => (
                <Space size={8}>
                  {isChanged(quota) && (
                    <Tag color={perSecond === 0 ? 'red' : 'blue'} style={{ margin: 0 }}>
                      {perSecond === 0 ? words.refusesAll : words.changed}
                    </Tag>
                  )}
                  {count(perSecond)}
                </Space>
              ),
            },
            { title: words.declared, dataIndex: 'DeclaredPerSecond', align: 'end', render: count },
            {
              title: words.actions,
              key: 'actions',
              render: (_, quota) => (
                <Space size={4}>
                  <Tooltip title={refusal}>
                    <Button
                      size="small"
                      disabled={refusal !== undefined}
                      aria-label={`${words.change}: ${quota.Action}`}
                      onClick={() => setChanging(quota)}
                    >
                      {words.change}
                    </Button>
                  </Tooltip>
                  <Tooltip title={refusal ?? (isChanged(quota) ? undefined : words.isDeclared)}>
                    <Button
                      size="small"
                      disabled={refusal !== undefined || !isChanged(quota)}
                      aria-label={`${words.reset}: ${quota.Action}`}
                      onClick={() => set(quota.Action)}
                    >
                      {words.reset}
                    </Button>
                  </Tooltip>
                </Space>
              ),
            },
          ]}
        />
      )}
      {changing !== undefined && (
        <ChangeQuota
          quota={changing}
          isBusy={isPending}
          onSet={(perSecond) => set(changing.Action, perSecond)}
          onCancel={() => setChanging(undefined)}
        />
      )}
    </Flex>
  )
}

function ChangeQuota({
  quota: { Action, PerSecond, DeclaredPerSecond },
  isBusy,
  onSet,
  onCancel,
}: {
  readonly quota: Quota
  readonly isBusy: boolean
  readonly onSet: (perSecond: number) => void
  readonly onCancel: () => void
}) {
  useRestoreFocus()
  const words = { ...useTexts(common), ...useTexts(texts) }
  const { count } = useNumberFormat()
  const [typed, setTyped] = useState(String(PerSecond))
  const perSecond = /^\d+$/.test(typed.trim()) ? Number(typed) : null
  const wrong = wrongQuota(Action, perSecond)
  const submit = () => wrong === undefined && perSecond !== null && onSet(perSecond)
  return (
    <Modal
      open
      title={words.changeOf(Action)}
      okText={words.save}
      cancelText={words.cancel}
      confirmLoading={isBusy}
      onOk={submit}
      onCancel={onCancel}
    >
      <Form layout="vertical">
        <Form.Item
          label={words.newValue}
          htmlFor="per-second"
          extra={words.declaredIs(count(DeclaredPerSecond))}
          {...(wrong !== undefined
            ? { validateStatus: 'error', help: words[wrong] }
            : perSecond === 0 && { validateStatus: 'warning', help: words.zero })}
        >
          <FirstInput
            id="per-second"
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onPressEnter={submit}
            style={{ width: 200 }}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
