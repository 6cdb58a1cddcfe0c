import { Breadcrumb, Flex, Tabs, Tag } from 'antd'
import { Link } from 'wouter'
import { useMissingPermission } from '../shell/action-button.tsx'
import { asLeft, useAddressParameters } from '../shell/address.ts'
import { lastAnswer, useApiQuery } from '../shell/api-query.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { InstanceName } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { Loading } from '../shell/loading.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { useTitle } from '../shell/title.ts'
import { Devices } from './devices.tsx'
import { instancePath } from './paths.ts'
import { PermissionNotice } from './permission-notice.tsx'
import type { Product } from './product.ts'
import { ProductActions } from './product-actions.tsx'
import { ProductDetails } from './product-details.tsx'
import { texts as productTexts } from './product-texts.ts'
import type { OfProduct } from './search.ts'
import { texts } from './texts.ts'

/** A product with its devices. */
export function ProductPage({ instance, productKey }: OfProduct) {
  const words = { ...useTexts(texts), ...useTexts(productTexts) }
  const { count: number } = useNumberFormat()
  const missingPermission = useMissingPermission()('QueryProduct')
  const query = useApiQuery(
    'QueryProduct',
    { IotInstanceId: instance, ProductKey: productKey },
    { enabled: missingPermission === undefined },
  )
  const product: Product | undefined = lastAnswer(query)?.Data
  const title = product?.ProductName ?? productKey
  const [{ tab }, setParameters] = useAddressParameters()
  useTitle(title)
  return (
    <Flex vertical gap={16}>
      <Breadcrumb
        items={[
          {
            title: <Link href={asLeft(`/products${instancePath(instance)}`)}>{words.products}</Link>,
          },
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
      {missingPermission !== undefined && <PermissionNotice reason={missingPermission} />}
      {query.error !== null && <Problem error={query.error} retry={query.refetch} />}
      {query.isLoading && <Loading />}
      {(product !== undefined || (query.error === null && !query.isLoading)) && (
        <Tabs
          activeKey={tab === 'details' && product !== undefined ? tab : 'devices'}
          onChange={(key) => setParameters({ tab: key === 'devices' ? undefined : key })}
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
