import { PlusOutlined, ReloadOutlined } from '@ant-design/icons'
import { Empty, Flex, Input, Pagination, Select, Space, Typography } from 'antd'
import { useDeferredValue, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { useAddressParameters } from '../shell/address.ts'
import { useClearButton } from '../shell/clear.tsx'
import { Copyable } from '../shell/copy-button.tsx'
import { InstanceSelect } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { usePageSteps } from '../shell/page-steps.tsx'
import { Problem } from '../shell/problem.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { useProducts } from './find-products.ts'
import { texts as listTexts } from './list-texts.ts'
import { instancePath, productPath } from './paths.ts'
import { PermissionNotice } from './permission-notice.tsx'
import { CreateProduct } from './product-form.tsx'
import { ProductRowActions } from './product-row-actions.tsx'
import { isNamedLike, type ListedProduct, tagTyped } from './product-search.ts'
import { orderIn, orderText, type ProductOrder, sorted } from './sort-products.ts'
import { texts } from './texts.ts'

const pageSize = 20

/** The products of an instance: search, open, create. */
export function ProductsList({ instance }: { readonly instance: string }) {
  const words = { ...useTexts(texts), ...useTexts(listTexts) }
  const pageSteps = usePageSteps()
  const clear = useClearButton()
  const { count: number } = useNumberFormat()
  const [, go] = useLocation()
  const [parameters, setParameters] = useAddressParameters()
  const { name: typed = '', tag = '' } = parameters
  const by = parameters.by === 'tag' || tag !== '' ? 'tag' : 'name'
  const page = Math.max(1, Number.parseInt(parameters.page ?? '', 10) || 1)
  const order = orderIn(parameters.sort)
  const [isCreating, setCreating] = useState(false)
  const sought = useDeferredValue(by === 'name' ? typed : '')
  const isSearch = sought.trim() !== ''
  const wantedTag = by === 'tag' && tag ? tagTyped(tag) : undefined
  // Names are filtered here, so all products must be loaded.
  const { products, action, total, isLoading, isFetching, error, retry } = useProducts(
    instance,
    wantedTag,
    isSearch || wantedTag || order ? Number.POSITIVE_INFINITY : page * pageSize,
  )
  const missingPermission = useMissingPermission()(action)
  const found = sorted(
    isSearch ? products.filter((product) => isNamedLike(product, sought)) : products,
    order,
  )
  const sortedBy = (by: ProductOrder['by']) => ({
    sorter: true,
    showSorterTooltip: false,
    sortOrder: order?.by === by ? (order.isDescending ? ('descend' as const) : ('ascend' as const)) : null,
  })
  const count = isSearch || wantedTag ? found.length : total
  const lastPage = Math.max(1, Math.ceil(count / pageSize))
  const current = Math.min(page, lastPage)
  return (
    <Flex vertical gap={16}>
      <Flex wrap gap={12} justify="space-between">
        <Flex wrap gap={12} flex="1 1 480px">
          <InstanceSelect value={instance} onChoose={(chosen) => go(instancePath(chosen))} />
          <Space.Compact style={{ flex: '1 1 320px', maxWidth: 560 }}>
            <Select
              aria-label={words.searchBy}
              value={by}
              onChange={(way) =>
                setParameters({
                  by: way === 'name' ? undefined : way,
                  name: undefined,
                  tag: undefined,
                  page: undefined,
                })
              }
              popupMatchSelectWidth={false}
              options={[
                { value: 'name', label: words.byName },
                { value: 'tag', label: words.byTag },
              ]}
            />
            {by === 'name' ? (
              <Input
                allowClear={clear}
                value={typed}
                onChange={({ target }) => setParameters({ name: target.value, page: undefined })}
                placeholder={words.namePlaceholder}
                aria-label={words.namePlaceholder}
              />
            ) : (
              <Input.Search
                allowClear={clear}
                defaultValue={tag}
                onSearch={(text) => setParameters({ tag: text.trim(), page: undefined })}
                placeholder={words.tagPlaceholder}
                aria-label={words.tagPlaceholder}
              />
            )}
          </Space.Compact>
        </Flex>
        <Flex gap={8}>
          <ActionButton
            actions={[action]}
            icon={<ReloadOutlined />}
            aria-label={words.refresh}
            title={words.refresh}
            loading={isFetching}
            onClick={() => void retry()}
          />
          <ActionButton
            actions={['CreateProduct']}
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => setCreating(true)}
          >
            {words.create}
          </ActionButton>
        </Flex>
      </Flex>
      {missingPermission !== undefined && (
        <>
          <PermissionNotice reason={missingPermission} />
          <Input.Search
            onSearch={(key) => key.trim() !== '' && go(productPath(instance, key.trim()))}
            placeholder={words.openByKey}
            aria-label={words.openByKey}
            className="mono"
            style={{ maxWidth: 320 }}
          />
        </>
      )}
      {error !== null && <Problem error={error} retry={retry} />}
      <WideTable<ListedProduct>
        aria-label={words.products}
        rowKey="productKey"
        size="middle"
        loading={isLoading}
        dataSource={found.slice((current - 1) * pageSize, current * pageSize)}
        pagination={false}
        locale={{
          emptyText:
            isLoading || error !== null || missingPermission !== undefined ? (
              ' '
            ) : (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description={isSearch || wantedTag ? words.noneFound : words.noneYet}
              />
            ),
        }}
        onChange={(_, __, sorter) => {
          const { field, order: direction } = Array.isArray(sorter) ? {} : sorter
          const by = direction ? orderIn(String(field)) : undefined
          setParameters({
            sort: orderText(by && { ...by, isDescending: direction === 'descend' }),
            page: undefined,
          })
        }}
        columns={[
          {
            title: words.name,
            dataIndex: 'name',
            ...sortedBy('name'),
            render: (name: string, { productKey, description }) => (
              <>
                <Link href={productPath(instance, productKey)}>{name}</Link>
                {description !== '' && (
                  <Typography.Paragraph
                    type="secondary"
                    ellipsis={{ tooltip: description }}
                    style={{ margin: 0, maxWidth: 320, fontSize: 13 }}
                  >
                    {description}
                  </Typography.Paragraph>
                )}
              </>
            ),
          },
          {
            title: 'ProductKey',
            dataIndex: 'productKey',
            render: (key: string) => <Copyable text={key} what="ProductKey" />,
          },
          { title: words.nodeLabel, dataIndex: 'nodeType', render: words.node },
          {
            title: words.authLabel,
            dataIndex: 'authType',
            hidden: wantedTag !== undefined,
            render: (auth: keyof typeof words.auth) => words.auth[auth] ?? auth,
          },
          {
            title: words.devices,
            dataIndex: 'deviceCount',
            ...sortedBy('deviceCount'),
            align: 'end',
            hidden: wantedTag !== undefined,
            render: (devices: number | undefined) => devices !== undefined && number(devices),
          },
          {
            title: words.created,
            dataIndex: 'createdAt',
            ...sortedBy('createdAt'),
            render: (at: number) => <Time at={at} />,
          },
          {
            title: words.actions,
            key: 'actions',
            render: (_, product) => <ProductRowActions instance={instance} product={product} />,
          },
        ]}
      />
      <Flex justify="end">
        <Pagination
          itemRender={pageSteps}
          size="small"
          hideOnSinglePage
          showSizeChanger={false}
          current={current}
          pageSize={pageSize}
          total={count}
          onChange={(turned) => setParameters({ page: turned === 1 ? undefined : String(turned) })}
        />
      </Flex>
      <CreateProduct instance={instance} open={isCreating} close={() => setCreating(false)} />
    </Flex>
  )
}
