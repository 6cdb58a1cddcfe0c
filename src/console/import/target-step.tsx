import { Flex, Form, Select, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useFigures } from '../shell/figures.ts'
import { Problem } from '../shell/problem.tsx'
import type { Target } from './messages.ts'
import { type OfferedProduct, useInstances, useProducts } from './products.ts'
import { Step, Waits } from './step.tsx'
import { useWords } from './texts.ts'

/** Which product the devices are for. */
export function TargetStep({
  target,
  choose,
  isFixed,
}: {
  readonly target: Target | undefined
  readonly choose: (target: Target | undefined) => void
  /** While something is under way with it. */
  readonly isFixed: boolean
}) {
  const words = useWords()
  const instances = useInstances()
  const [chosen, setInstance] = useState(target?.instanceId)
  const instanceId = chosen ?? target?.instanceId ?? instances?.[0]?.id
  const products = useProducts(instanceId)
  const takers = products.data?.filter(({ takesImports }) => takesImports).length ?? 0
  return (
    <Step number={1} title={words.steps.target} isDone={target !== undefined}>
      <Form layout="vertical" component="div" disabled={isFixed}>
        <Flex gap={16} wrap>
          {instances !== undefined && instances.length > 1 && (
            <Form.Item
              label={words.instance}
              htmlFor="import-instance"
              style={{ margin: 0, flex: '1 1 240px' }}
            >
              <Select
                id="import-instance"
                value={instanceId ?? null}
                onChange={(id: string) => {
                  setInstance(id)
                  choose(undefined)
                }}
                options={instances.map(({ id, name }) => ({
                  value: id,
                  label: id === '' ? words.publicInstance : `${name} (${id})`,
                }))}
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
                const product = products.data!.find(({ productKey }) => productKey === key)!
                choose({
                  productKey: key,
                  productName: product.name,
                  ...(instanceId && { instanceId }),
                })
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
          <Waits>
            {products.data.length === 0 ? words.noProducts : takers === 0 ? words.noTakers : words.whyNot}
          </Waits>
        </div>
      )}
    </Step>
  )
}

function ProductLabel({ product }: { readonly product: OfferedProduct }) {
  const words = useWords()
  const figures = useFigures()
  return (
    <Flex gap={8} align="center" style={{ minWidth: 0 }}>
      <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{product.name}</span>
      <Typography.Text type="secondary" className="mono" style={{ fontSize: 12 }}>
        {product.productKey}
      </Typography.Text>
      {product.takesImports ? (
        <Typography.Text type="secondary" style={{ marginInlineStart: 'auto', fontSize: 12 }}>
          {words.devices(figures.count(product.devices))}
        </Typography.Text>
      ) : (
        <Tag style={{ marginInlineStart: 'auto' }}>{words.takesNone}</Tag>
      )}
    </Flex>
  )
}
