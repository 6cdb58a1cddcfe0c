import { Flex, Form, Select, Tag, Typography } from 'antd'
import { memo, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { InstanceSelect, instanceTexts, useInstances } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { decoded, instanceIn } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import type { Target } from './messages.ts'
import { type OfferedProduct, useProducts } from './products.ts'
import { Step, WaitingStep } from './step.tsx'
import { useWords } from './texts.ts'

/** Selects the product. */
export const TargetStep = memo(function TargetStep({
  target,
  choose,
  isFixed,
}: {
  readonly target: Target | undefined
  readonly choose: (target: Target | undefined) => void
  /** While an operation uses it. */
  readonly isFixed: boolean
}) {
  const words = useWords()
  const { instance: instanceLabel } = useTexts(instanceTexts)
  const { instances, isLoading } = useInstances()
  const [named, clear] = useNamed()
  const [chosen, setInstance] = useState(named?.instanceId)
  // If instances can't be listed, at least the public one is offered.
  const first = instances === undefined && !isLoading ? '' : instances?.[0]?.IotInstanceId
  const before = target === undefined ? (chosen ?? first) : (target.instanceId ?? '')
  // A link has priority over the previous choice; otherwise devices would go to another product than the link
  // says.
  const instanceId = named === undefined || isFixed ? before : named.instanceId
  const products = useProducts(instanceId)
  const wanted = products.data?.find(
    ({ productKey, takesImports }) => takesImports && productKey === named?.productKey,
  )
  useEffect(() => {
    if (named === undefined || isFixed || products.data === undefined) return
    // It may have been created since the list was loaded.
    if (wanted === undefined && products.isFetching) return
    choose(wanted && targetOf(wanted, instanceId))
    setInstance(named.instanceId)
    clear()
  })
  const takers = products.data?.filter(({ takesImports }) => takesImports).length ?? 0
  return (
    <Step number={1} title={words.steps.target} isDone={target !== undefined}>
      <Form layout="vertical" component="div" disabled={isFixed}>
        <Flex gap={16} wrap>
          {(instances === undefined ? !isLoading : instances.length > 1) && (
            <Form.Item
              label={instanceLabel}
              htmlFor="import-instance"
              style={{ margin: 0, flex: '1 1 240px' }}
            >
              <InstanceSelect
                id="import-instance"
                value={instanceId}
                onChoose={(id) => {
                  // Also if it names an instance that does not exist.
                  if (named !== undefined) clear()
                  setInstance(id)
                  choose(undefined)
                }}
                style={{ width: '100%' }}
              />
            </Form.Item>
          )}
          <Form.Item
            label={words.product}
            htmlFor="import-product"
            style={{ margin: 0, flex: '2 1 280px', minWidth: 0 }}
          >
            <Select
              id="import-product"
              showSearch={{ optionFilterProp: 'search' }}
              loading={products.isPending && !products.isError}
              value={target?.productKey ?? null}
              placeholder={words.chooseProduct}
              onChange={(key: string) => {
                choose(targetOf(products.data!.find(({ productKey }) => productKey === key)!, instanceId))
              }}
              options={(products.data ?? []).map((product) => ({
                value: product.productKey,
                disabled: !product.takesImports,
                search: `${product.name} ${product.productKey}`,
                label: <ProductLabel product={product} />,
              }))}
            />
          </Form.Item>
        </Flex>
      </Form>
      {products.isError && <Problem error={products.error} retry={() => products.refetch()} />}
      {products.data !== undefined && takers < Math.max(1, products.data.length) && (
        <div style={{ marginTop: 8 }}>
          <WaitingStep>
            {products.data.length === 0 ? words.noProducts : takers === 0 ? words.noTakers : words.whyNot}
          </WaitingStep>
        </div>
      )}
    </Step>
  )
})

const targetOf = ({ productKey, name }: OfferedProduct, instanceId: string | undefined): Target => ({
  productKey,
  productName: name,
  ...(instanceId && { instanceId }),
})

/**
 * The product in the page's path, as links of other pages have it: /INSTANCE/PRODUCTKEY; and a function that
 * clears it.
 */
function useNamed() {
  const [path, go] = useLocation()
  const [, instance, productKey] = path.split('/')
  const named = instance !== undefined &&
    productKey !== undefined && { instanceId: instanceIn(instance), productKey: decoded(productKey) }
  return [named || undefined, () => go('/', { replace: true })] as const
}

function ProductLabel({ product }: { readonly product: OfferedProduct }) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  return (
    <Flex gap={8} align="center" style={{ minWidth: 0 }}>
      <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{product.name}</span>
      <Typography.Text type="secondary" className="mono" style={{ fontSize: 12 }}>
        {product.productKey}
      </Typography.Text>
      {product.takesImports ? (
        <Typography.Text type="secondary" style={{ marginInlineStart: 'auto', fontSize: 12 }}>
          {words.devices(numberFormat.count(product.devices))}
        </Typography.Text>
      ) : (
        <Tag style={{ marginInlineStart: 'auto' }}>{words.takesNone}</Tag>
      )}
    </Flex>
  )
}
