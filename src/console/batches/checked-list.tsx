import { Alert, App, Flex, Modal, Typography } from 'antd'
import { useState } from 'react'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { useApiMutation, useApiQuery } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem, useShowProblem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { type Batch, inInstance } from './batch.ts'
import { texts } from './batch-texts.ts'
import { changedBy } from './changed-by.ts'
import { rejectionTexts } from './rejection-texts.ts'
import { texts as pageTexts } from './texts.ts'

interface BadName {
  readonly DeviceName: string
  readonly NickName?: string
  readonly ErrorMsg: string
}

const ask = 'QueryBatchRegisterDeviceStatus'
const act = 'BatchRegisterDeviceWithApplyId'

/** A list of checked names that is not registered yet. */
export function CheckedList({ instance, batch }: { readonly instance: string; readonly batch: Batch }) {
  const words = { ...useTexts(pageTexts), ...useTexts(texts) }
  const { count: number } = useNumberFormat()
  const { may } = useSession()
  const { notification } = App.useApp()
  const missingPermissionFor = useMissingPermission()
  const tellProblem = useShowProblem()
  const [isAsked, setAsked] = useState(false)
  const { ProductKey, ApplyId, DeviceCount } = batch
  const ofList = { ...inInstance(instance), ProductKey, ApplyId }
  const reasonsIn = useTexts(rejectionTexts)
  const { data, error, isPending, refetch } = useApiQuery(ask, ofList, { enabled: may(ask) })
  const register = useApiMutation(act, changedBy)
  const status: string | undefined = data?.Data.Status
  const invalid = status === 'CHECK_FAILED'
  const bad: readonly BadName[] = invalid ? (data?.Data.InvalidDetailList?.invalidDetailList ?? []) : []
  const good: readonly string[] = invalid ? (data?.Data.ValidList?.Name ?? []) : []
  const label = words.register(DeviceCount, number(DeviceCount))
  return (
    <Flex vertical gap={12}>
      {error !== null && <Problem error={error} retry={refetch} />}
      {!may(ask) && <Typography.Text type="secondary">{missingPermissionFor(ask)}</Typography.Text>}
      {status === 'CHECK_SUCCESS' && (
        <Alert type="success" showIcon title={words.canBe} description={words.namesUntold} />
      )}
      {status === 'CREATE_SUCCESS' && <Alert type="success" showIcon title={words.wasRegistered} />}
      {invalid && <Alert type="error" showIcon title={words.canNot} description={words.checkAgain} />}
      <Flex>
        <ActionButton
          actions={[act]}
          unless={invalid ? words.notFit : may(ask) && isPending ? words.looking : undefined}
          type="primary"
          onClick={() => setAsked(true)}
        >
          {label}
        </ActionButton>
      </Flex>
      {invalid && (
        <>
          <WideTable<BadName & { readonly key: number }>
            aria-label={words.bad(number(bad.length))}
            title={() => words.bad(number(bad.length))}
            size="small"
            dataSource={bad.map((name, key) => ({ ...name, key }))}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
            columns={[
              {
                title: 'DeviceName',
                dataIndex: 'DeviceName',
                render: (name: string) => <span className="mono">{name}</span>,
              },
              { title: 'Nickname', dataIndex: 'NickName', hidden: bad.every(({ NickName }) => !NickName) },
              { title: words.reason, dataIndex: 'ErrorMsg', render: reasonsIn },
            ]}
          />
          {good.length > 0 && (
            <WideTable<{ readonly key: number; readonly name: string }>
              aria-label={words.good(number(good.length))}
              title={() => words.good(number(good.length))}
              size="small"
              dataSource={good.map((name, key) => ({ name, key }))}
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
              columns={[
                {
                  title: 'DeviceName',
                  dataIndex: 'name',
                  render: (name: string) => <span className="mono">{name}</span>,
                },
              ]}
            />
          )}
        </>
      )}
      <Modal
        open={isAsked}
        title={words.registerAsk(DeviceCount, number(DeviceCount))}
        okText={label}
        cancelText={words.cancel}
        confirmLoading={register.isPending}
        onCancel={() => setAsked(false)}
        onOk={() =>
          register.mutate(ofList, {
            onSuccess: () =>
              notification.success({
                title: words.registered(number(DeviceCount)),
                placement: 'bottomRight',
              }),
            onError: tellProblem,
            onSettled: () => setAsked(false),
          })
        }
      >
        {words.registerMeans}
      </Modal>
    </Flex>
  )
}
