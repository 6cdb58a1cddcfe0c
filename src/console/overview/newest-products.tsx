import { Card, Empty, Flex } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { useApiQuery } from '../shell/api-query.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { InstanceSelect, useInstances } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { PermissionNotice } from './permission-notice.tsx'
import { texts } from './texts.ts'

/** The newest products of an instance, with a link to all. */
export function NewestProducts() {
  const words = useTexts(texts)
  const { may } = useSession()
  const { count } = useNumberFormat()
  const listing = useInstances()
  const { instances } = listing
  const [chosen, setChosen] = useState<string>()
  // A key that may not list instances can at least view the public one.
  const mayList = may('ListInstances')
  const instance = chosen ?? (mayList ? instances?.[0]?.IotInstanceId : '')
  const mayAsk = may('QueryProductList')
  const { data, error, refetch } = useApiQuery(
    'QueryProductList',
    { IotInstanceId: instance, CurrentPage: 1, PageSize: 5 },
    { enabled: mayAsk && instance !== undefined },
  )
  const products = data?.Data.List.ProductInfo
  const isReady = instance !== undefined
  // Nothing was requested, and the instances' card shows the reason.
  if (mayAsk && !isReady && listing.error !== null) return null
  return (
    <Card
      size="small"
      title={words.newestProducts}
      extra={
        isReady && (
          <Flex gap={12} align="center">
            {instances !== undefined && instances.length > 1 && (
              <InstanceSelect size="small" value={instance} onChoose={setChosen} style={{ maxWidth: 200 }} />
            )}
            {data !== undefined && data.Data.Total > 0 && (
              <Link href={linkTo.products(instance)}>{words.allProducts(count(data.Data.Total))}</Link>
            )}
          </Flex>
        )
      }
      styles={{ body: { padding: mayAsk ? 0 : undefined } }}
    >
      {!mayAsk ? (
        <PermissionNotice action="QueryProductList" />
      ) : error !== null ? (
        <Problem error={error} retry={refetch} />
      ) : (
        <WideTable<NonNullable<typeof products>[number]>
          aria-label={words.newestProducts}
          size="small"
          rowKey="ProductKey"
          loading={isReady && products === undefined}
          dataSource={products ?? []}
          pagination={false}
          locale={{
            emptyText: (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description={
                  products && (
                    <>
                      {words.noProductHere}{' '}
                      <Link href={linkTo.products(instance ?? '')}>{words.createProduct}</Link>
                    </>
                  )
                }
              />
            ),
          }}
          columns={[
            {
              title: words.product,
              key: 'name',
              render: (_, { ProductKey, ProductName }) => (
                <Link href={linkTo.product(instance ?? '', ProductKey)}>{ProductName}</Link>
              ),
            },
            {
              title: 'ProductKey',
              dataIndex: 'ProductKey',
              render: (key: string) => <Copyable text={key} what="ProductKey" />,
            },
            { title: words.devices, dataIndex: 'DeviceCount', align: 'end', render: count },
            { title: words.created, dataIndex: 'GmtCreate', render: (at: number) => <Time at={at} /> },
          ]}
        />
      )}
    </Card>
  )
}
