import { useQuery } from '@tanstack/react-query'
import { takesImports } from '../../rules/product-fields.ts'
import { useAsk } from '../shell/asking.ts'
import { useSession } from '../shell/session.tsx'

/** An instance that products are chosen from; the public one has no ID. */
export interface Instance {
  readonly id: string
  readonly name: string
}

/** A product, and whether devices can be imported into it. */
export interface OfferedProduct {
  readonly productKey: string
  readonly name: string
  readonly devices: number
  readonly takesImports: boolean
}

const pageSize = 200

/** The instances; undefined while they are asked for, and only the public one where ListInstances may not be called. */
export function useInstances(): readonly Instance[] | undefined {
  const { may } = useSession()
  const isAllowed = may('ListInstances')
  const { data, isError } = useAsk('ListInstances', {}, { enabled: isAllowed })
  if (!isAllowed || isError) return [{ id: '', name: '' }]
  const listed = data?.Data?.Instance as
    | readonly { readonly IotInstanceId: string; readonly InstanceName: string }[]
    | undefined
  return listed?.map(({ IotInstanceId, InstanceName }) => ({ id: IotInstanceId, name: InstanceName }))
}

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
