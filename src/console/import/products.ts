import { useQuery } from '@tanstack/react-query'
import { takesImports } from '../../rules/product-fields.ts'
import { useSession } from '../shell/session.tsx'

/** A product, and whether it accepts imports. */
export interface OfferedProduct {
  readonly productKey: string
  readonly name: string
  readonly devices: number
  readonly takesImports: boolean
}

const pageSize = 200

/** All products of an instance, newest first. */
export function useProducts(instanceId: string | undefined) {
  const { client, accessKey, may } = useSession()
  return useQuery({
    queryKey: ['QueryProductList', accessKey.id, { all: instanceId }],
    enabled: instanceId !== undefined && may('QueryProductList'),
    async queryFn() {
      const products: OfferedProduct[] = []
      for (let page = 1, pages = 1; page <= pages; page++) {
        const { Data } = await client.call('QueryProductList', {
          ...(instanceId !== '' && { IotInstanceId: instanceId! }),
          CurrentPage: String(page),
          PageSize: String(pageSize),
        })
        pages = Data.PageCount
        for (const { ProductKey, ProductName, AuthType, DeviceCount } of Data.List.ProductInfo)
          products.push({
            productKey: ProductKey,
            name: ProductName,
            devices: DeviceCount,
            takesImports: takesImports(AuthType, instanceId === '' ? 'public' : 'enterprise-standard'),
          })
      }
      return products
    },
  })
}
