import { Card, Checkbox, Flex, Input, Switch, Tag, Tooltip, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { useAddressParameters } from '../shell/address.ts'
import { useApiQuery } from '../shell/api-query.ts'
import { useClearButton } from '../shell/clear.tsx'
import { CopyButton } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { isPolled } from './own-calls.ts'
import { PermissionNotice } from './permission-notice.tsx'
import { matching, type RecentCall } from './recent.ts'
import { texts } from './recent-texts.ts'

const colours: Readonly<Record<string, string>> = {
  answered: 'success',
  failed: 'warning',
  refused: 'error',
  broken: 'error',
}

const mono = (text: string) => <span className="mono">{text}</span>

/** The account's newest calls with their results. */
export function RecentCalls() {
  const words = useTexts(texts)
  const clear = useClearButton()
  const { may } = useSession()
  const { count } = useNumberFormat()
  const [isLive, setLive] = useState(true)
  const [held, setHeld] = useState<readonly RecentCall[]>()
  const [{ call: sought = '', failed }, setParameters] = useAddressParameters()
  const failedOnly = failed !== undefined
  const mayAsk = may('ListRecentCalls')
  const { data, error, refetch } = useApiQuery(
    'ListRecentCalls',
    {},
    { enabled: mayAsk, ...(isLive && { everyMs: 5000 }) },
  )
  if (!mayAsk)
    return (
      <Card size="small" title={words.title}>
        <PermissionNotice action="ListRecentCalls" />
      </Card>
    )
  const calls = data?.Data.Call
  const listed = calls?.filter(({ Action }) => sought !== '' || !isPolled(Action))
  return (
    <Card
      size="small"
      title={words.title}
      extra={
        <Flex gap={8} align="center">
          <span id="recent-live">{words.live}</span>
          <Switch size="small" aria-labelledby="recent-live" checked={isLive} onChange={setLive} />
        </Flex>
      }
    >
      <Flex vertical gap={12}>
        <Flex wrap gap={12} align="center">
          <Input
            allowClear={clear}
            value={sought}
            onChange={({ target }) => setParameters({ call: target.value })}
            placeholder={words.find}
            aria-label={words.find}
            style={{ flex: '1 1 240px', maxWidth: 400 }}
          />
          <Checkbox
            checked={failedOnly}
            onChange={({ target }) => setParameters({ failed: target.checked ? '1' : undefined })}
          >
            {words.failedOnly}
          </Checkbox>
        </Flex>
        {error !== null && <Problem error={error} retry={refetch} />}
        {(calls !== undefined || error === null) && (
          // Rows keep their places while the mouse is over them.
          // biome-ignore lint/a11y/noStaticElementInteractions: nothing is operated by this.
          <div onMouseEnter={() => setHeld(listed)} onMouseLeave={() => setHeld(undefined)}>
            <WideTable<RecentCall>
              aria-label={words.title}
              size="small"
              rowKey="RequestId"
              loading={calls === undefined}
              dataSource={matching(held ?? listed ?? [], sought, failedOnly)}
              pagination={{
                defaultPageSize: 10,
                hideOnSinglePage: true,
                size: 'small',
                pageSizeOptions: [10, 50, 200],
              }}
              locale={{ emptyText: calls?.length === 0 ? words.none : words.noneSuch }}
              columns={[
                { title: words.time, dataIndex: 'Time', render: (at: number) => <Time at={at} /> },
                {
                  title: words.operation,
                  dataIndex: 'Action',
                  render: (action: string) => (
                    <Link className="mono" href={`~/explorer/${action}`} title={words.openInExplorer(action)}>
                      {action}
                    </Link>
                  ),
                },
                {
                  title: words.result,
                  dataIndex: 'Result',
                  render: (result: RecentCall['Result'], { HttpStatus }) => (
                    <Tooltip title={words.meaning[result]}>
                      <Tag color={colours[result] ?? 'default'} style={{ marginInlineEnd: 4 }}>
                        {words.results[result] ?? result}
                      </Tag>
                      {HttpStatus}
                    </Tooltip>
                  ),
                },
                { title: words.code, dataIndex: 'Code', render: mono },
                { title: words.milliseconds, dataIndex: 'Milliseconds', align: 'end', render: count },
                { title: words.entries, dataIndex: 'Entries', align: 'end', render: count },
                { title: words.devices, dataIndex: 'Devices', align: 'end', render: count },
                {
                  title: 'RequestId',
                  dataIndex: 'RequestId',
                  render: (id: string) => <RequestId id={id} />,
                },
              ]}
            />
          </div>
        )}
      </Flex>
    </Card>
  )
}

/** The distinctive part of a RequestId; copying copies all of it. */
function RequestId({ id }: { readonly id: string }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center' }}>
      <Typography.Text className="mono" ellipsis style={{ width: '13ch' }} title={id}>
        {id}
      </Typography.Text>
      <CopyButton text={id} what="RequestId" bare />
    </span>
  )
}
