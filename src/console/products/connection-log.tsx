import { ReloadOutlined } from '@ant-design/icons'
import { Card, Empty, Flex, Grid, Tag, Typography } from 'antd'
import type { ConnectionEvent } from '../../client/connection-events.ts'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { lastAnswer, useApiQuery } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { texts } from './log-texts.ts'
import { PermissionNotice } from './permission-notice.tsx'
import type { OfProduct } from './search.ts'

const everyMs = 5000

const colours: Readonly<Record<string, string>> = {
  connected: 'success',
  disconnected: 'default',
  refused: 'error',
}

/** Connects, disconnects and refusals of a device, newest first. */
export function ConnectionLog({ instance, productKey, name }: OfProduct & { readonly name: string }) {
  const words = useTexts(texts)
  const isWide = Grid.useBreakpoint().md ?? true
  const missingPermission = useMissingPermission()('ListConnectionEvents')
  const query = useApiQuery(
    'ListConnectionEvents',
    { IotInstanceId: instance, ProductKey: productKey, DeviceName: name },
    { enabled: missingPermission === undefined, everyMs },
  )
  if (missingPermission !== undefined) return <PermissionNotice reason={missingPermission} />
  const events: readonly ConnectionEvent[] | undefined = lastAnswer(query)?.Data.Event
  return (
    <Card
      size="small"
      title={words.title}
      extra={
        <ActionButton
          actions={['ListConnectionEvents']}
          type="text"
          size="small"
          icon={<ReloadOutlined spin={query.isFetching} />}
          aria-label={words.refresh}
          title={words.refresh}
          onClick={() => query.refetch()}
        />
      }
    >
      <Flex vertical gap={12}>
        {query.error !== null && <Problem error={query.error} retry={query.refetch} />}
        {(events !== undefined || query.error === null) && (
          <WideTable<ConnectionEvent>
            aria-label={words.title}
            size="small"
            rowKey={({ Time: time, Type, Reason, Node }) => `${time} ${Type} ${Reason} ${Node}`}
            loading={events === undefined}
            dataSource={events ?? []}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
            locale={{
              emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.none} />,
            }}
            showHeader={isWide}
            columns={
              isWide
                ? [
                    { title: words.time, dataIndex: 'LastTime', render: (at: number) => <Time at={at} /> },
                    {
                      title: words.event,
                      dataIndex: 'Type',
                      render: (_, event) => <Kind event={event} />,
                    },
                    { title: words.reason, key: 'reason', render: (_, event) => <Reason event={event} /> },
                    { title: words.from, key: 'from', render: (_, event) => <From event={event} /> },
                    {
                      title: words.node,
                      dataIndex: 'Node',
                      render: (node: string) => <Broken text={node} />,
                    },
                  ]
                : [{ title: words.event, key: 'event', render: (_, event) => <Narrow event={event} /> }]
            }
          />
        )}
        <Typography.Text type="secondary">{words.kept}</Typography.Text>
      </Flex>
    </Card>
  )
}

function Kind({ event: { Type, Count } }: { readonly event: ConnectionEvent }) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  return (
    <Tag color={colours[Type] ?? 'default'}>
      {words.types[Type] ?? Type}
      {Count > 1 && ` × ${count(Count)}`}
    </Tag>
  )
}

/** An event in one cell, for a phone. */
const Narrow = ({ event }: { readonly event: ConnectionEvent }) => (
  <Flex vertical gap={4} style={{ whiteSpace: 'normal' }}>
    <Flex wrap gap={4} align="center">
      <Kind event={event} />
      <Time at={event.LastTime} />
    </Flex>
    <Reason event={event} />
    <From event={event} />
    <Broken text={event.Node} />
  </Flex>
)

/** The address, protocol version and client ID of a connection. */
function From({ event: { IpAddress, ProtocolVersion, ClientId } }: { readonly event: ConnectionEvent }) {
  return (
    <Flex vertical>
      <span style={{ whiteSpace: 'nowrap' }}>
        <span className="mono">{IpAddress}</span> MQTT {ProtocolVersion}
      </span>
      {ClientId !== '' && <Broken text={ClientId} />}
    </Flex>
  )
}

/** A long name, in several lines if need be. */
const Broken = ({ text }: { readonly text: string }) => (
  <Typography.Text
    type="secondary"
    className="mono"
    style={{
      display: 'block',
      minWidth: 120,
      maxWidth: 260,
      fontSize: 12,
      wordBreak: 'break-all',
      whiteSpace: 'normal',
    }}
  >
    {text}
  </Typography.Text>
)

function Reason({ event }: { readonly event: ConnectionEvent }) {
  const { Type, Reason: reason, Detail, Count } = event
  const words = useTexts(texts)
  if (reason === '') return null
  const meaning = (Type === 'refused' ? words.refusals : words.ends)[reason]
  return (
    <div style={{ minWidth: 180, maxWidth: 320, whiteSpace: 'normal' }}>
      {meaning ?? reason}
      {Detail !== '' && (
        <>
          {' '}
          <Typography.Text type="secondary" style={{ wordBreak: 'break-word' }}>
            {Detail}
          </Typography.Text>
        </>
      )}
      {Count > 1 && (
        <Typography.Text type="secondary" style={{ display: 'block' }}>
          {words.since(Count)} <Time at={event.Time} />
        </Typography.Text>
      )}
    </div>
  )
}
