import { Breadcrumb, Flex, Tabs, Tag } from 'antd'
import { Link } from 'wouter'
import { useLack } from '../shell/action-button.tsx'
import { heldAnswer, useAsk } from '../shell/api-query.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { InstanceName } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { Loading } from '../shell/loading.tsx'
import { useFigures } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { useTitle } from '../shell/title.ts'
import { Devices } from './devices.tsx'
import { instancePath } from './paths.ts'
import { Lacking } from './permission-notice.tsx'
import type { Product } from './product.ts'
import { ProductActions } from './product-actions.tsx'
import { ProductDetails } from './product-details.tsx'
import { texts as productTexts } from './product-texts.ts'
import type { OfProduct } from './search.ts'
import { texts } from './texts.ts'

/** A product: its devices, and what it is. */
export function ProductPage({ instance, productKey }: OfProduct) {
  const words = { ...useTexts(texts), ...useTexts(productTexts) }
  const { count: number } = useFigures()
  const lack = useLack()('QueryProduct')
  const asked = useAsk(
    'QueryProduct',
    { IotInstanceId: instance, ProductKey: productKey },
    { enabled: lack === undefined },
  )
  const product: Product | undefined = heldAnswer(asked)?.Data
  const title = product?.ProductName ?? productKey
  useTitle(title)
  return (
    <Flex vertical gap={16}>
      <Breadcrumb
        items={[
          { title: <Link href={instancePath(instance)}>{words.products}</Link> },
          { title: <InstanceName id={instance} /> },
          { title },
        ]}
      />
      <Flex wrap gap={12} align="center" justify="space-between">
        <Flex wrap gap={12} align="center">
          <h2 style={{ margin: 0, fontSize: 20 }}>{title}</h2>
          <Copyable text={productKey} what="ProductKey" />
          {product && (
            <Tag color={product.ProductStatus === 'RELEASE_STATUS' ? 'success' : 'default'}>
              {product.ProductStatus === 'RELEASE_STATUS' ? words.released : words.unreleased}
            </Tag>
          )}
        </Flex>
        {product && <ProductActions instance={instance} product={product} />}
      </Flex>
      {lack !== undefined && <Lacking reason={lack} />}
      {asked.error !== null && <Problem error={asked.error} retry={asked.refetch} />}
      {asked.isLoading && <Loading />}
      {(product !== undefined || (asked.error === null && !asked.isLoading)) && (
        <Tabs
          items={[
            {
              key: 'devices',
              label: (
                <>
                  {words.devices}
                  {product && <> ({number(product.DeviceCount)})</>}
                </>
              ),
              children: <Devices instance={instance} productKey={productKey} product={product} />,
            },
            ...(product === undefined
              ? []
              : [
                  {
                    key: 'details',
                    label: words.details,
                    children: <ProductDetails instance={instance} product={product} />,
                  },
                ]),
          ]}
        />
      )}
    </Flex>
  )
}
