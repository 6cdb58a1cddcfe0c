import { LeftOutlined, ReloadOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Empty, Flex, Typography } from 'antd'
import { Link } from 'wouter'
import { useMissingPermission } from '../shell/action-button.tsx'
import { useAddressParameters } from '../shell/address.ts'
import { useApiQuery } from '../shell/api-query.ts'
import { Copyable, CopyButton } from '../shell/copy-button.tsx'
import { type Cursors, cursorParameters, cursorsIn, previousOf } from '../shell/cursors.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { type Batch, inInstance, type Kind, kinds } from './batch.ts'
import { BatchState } from './batch-state.tsx'
import { type Filter, Filters } from './filters.tsx'
import { JobList } from './jobs.tsx'
import { batchPath } from './paths.ts'
import { texts } from './texts.ts'

const pageSize = 50

/** Everything in an instance that has an ApplyId, newest first. */
export function BatchList({ instance }: { readonly instance: string }) {
  const [parameters, setParameters] = useAddressParameters()
  const filter: Filter = {
    kind: kinds.find((kind) => kind === parameters.kind),
    productKey: parameters.product,
  }
  const tokens = cursorsIn(parameters)
  const turn = (cursors: Cursors) => setParameters(cursorParameters(cursors))
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
        choose={({ kind, productKey }) =>
          setParameters({ kind, product: productKey, ...cursorParameters([]) })
        }
      />
      <JobList
        key={`${instance} ${filter.productKey ?? ''}`}
        instance={instance}
        productKey={filter.productKey}
      />
      <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
        {words.batches}
      </Typography.Title>
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
              onClick={() => turn(previousOf(tokens))}
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
                if (next !== undefined && !isPlaceholderData) turn([...tokens, next])
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
