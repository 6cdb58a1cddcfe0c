import { LeftOutlined, ReloadOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Empty, Flex, Typography } from 'antd'
import { Link } from 'wouter'
import { useMissingPermission } from '../shell/action-button.tsx'
import { useApiQuery } from '../shell/api-query.ts'
import { Copyable, CopyButton } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { type Batch, inInstance, type Kind } from './batch.ts'
import { BatchState } from './batch-state.tsx'
import { type Filter, Filters } from './filters.tsx'
import { JobList } from './jobs.tsx'
import { batchPath } from './paths.ts'
import { texts } from './texts.ts'

/** The filter of batches and the current page. */
export interface View {
  readonly instance: string
  readonly filter: Filter
  /** The tokens of the pages up to this one; the first page has none. */
  readonly tokens: readonly string[]
}

export const unfilteredView: View = {
  instance: '',
  filter: { kind: undefined, productKey: undefined },
  tokens: [],
}

const pageSize = 50

/** Everything in an instance that has an ApplyId, newest first. */
export function BatchList(props: {
  readonly instance: string
  readonly view: View
  readonly look: (view: View) => void
}) {
  const { instance, look } = props
  // Another instance has other products and pages.
  const view = props.view.instance === instance ? props.view : { ...unfilteredView, instance }
  const { filter, tokens } = view
  const words = useTexts(texts)
  const { count: number } = useNumberFormat()
  const { may } = useSession()
  const missingPermission = useMissingPermission()('ListDeviceBatches')
  const { data, error, isFetching, isPlaceholderData, refetch } = useApiQuery(
    'ListDeviceBatches',
    {
      ...inInstance(instance),
      Kind: filter.kind,
      ProductKey: filter.productKey,
      MaxResults: pageSize,
      NextToken: tokens.at(-1),
    },
    { enabled: may('ListDeviceBatches'), keepPrevious: true },
  )
  const batches: readonly Batch[] = error === null ? (data?.Data.Batch ?? []) : []
  const next: string | undefined = error === null ? data?.Data.NextToken : undefined
  const isWhole = filter.kind === undefined && filter.productKey === undefined
  return (
    <Flex vertical gap={16}>
      <Filters
        instance={instance}
        filter={filter}
        choose={(chosen) => look({ instance, filter: chosen, tokens: [] })}
      />
      <JobList key={instance} instance={instance} />
      {missingPermission !== undefined && (
        <Typography.Text type="secondary">{missingPermission}</Typography.Text>
      )}
      {error !== null && <Problem error={error} retry={refetch} />}
      <WideTable<Batch>
        aria-label={words.batches}
        rowKey="ApplyId"
        size="middle"
        loading={isFetching && (data === undefined || isPlaceholderData)}
        dataSource={batches}
        pagination={false}
        locale={{
          emptyText:
            data === undefined || isPlaceholderData || error !== null ? (
              ' '
            ) : (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description={isWhole ? words.noneYet : words.noneFound}
              >
                {isWhole && <Link href="~/import">{words.toImport}</Link>}
              </Empty>
            ),
        }}
        columns={[
          {
            title: 'ApplyId',
            dataIndex: 'ApplyId',
            render: (applyId: number) => (
              <>
                <Link className="mono" href={batchPath(instance, applyId)}>
                  {applyId}
                </Link>
                <CopyButton text={String(applyId)} what={`ApplyId ${applyId}`} bare />
              </>
            ),
          },
          { title: words.kind, dataIndex: 'Kind', render: (kind: Kind) => words.kinds[kind] ?? kind },
          {
            title: words.state,
            dataIndex: 'Registered',
            render: (registered: boolean) => <BatchState registered={registered} />,
          },
          {
            title: words.product,
            dataIndex: 'ProductName',
            render: (name: string, { ProductKey }) => (
              <Link href={linkTo.product(instance, ProductKey)}>{name}</Link>
            ),
          },
          {
            title: 'ProductKey',
            dataIndex: 'ProductKey',
            render: (key: string) => <Copyable text={key} what={`ProductKey ${key}`} />,
          },
          {
            title: <span title={words.devicesMeans}>{words.devices}</span>,
            dataIndex: 'DeviceCount',
            align: 'end',
            render: (devices: number) => number(devices),
          },
          { title: words.made, dataIndex: 'GmtCreate', render: (at: number) => <Time at={at} /> },
        ]}
      />
      <Flex gap={8} justify="end">
        <Button size="small" icon={<ReloadOutlined />} loading={isFetching} onClick={() => void refetch()}>
          {words.again}
        </Button>
        {(tokens.length > 0 || next !== undefined) && (
          <>
            <Button
              size="small"
              icon={<LeftOutlined />}
              disabled={tokens.length === 0}
              onClick={() => look({ ...view, tokens: tokens.slice(0, -1) })}
            >
              {words.newer}
            </Button>
            <Button
              size="small"
              icon={<RightOutlined />}
              iconPlacement="end"
              disabled={next === undefined}
              // Not while the previous page is still displayed; `disabled` would lose the focus.
              aria-disabled={isPlaceholderData || undefined}
              onClick={() => {
                if (next !== undefined && !isPlaceholderData) look({ ...view, tokens: [...tokens, next] })
              }}
            >
              {words.older}
            </Button>
          </>
        )}
      </Flex>
    </Flex>
  )
}
