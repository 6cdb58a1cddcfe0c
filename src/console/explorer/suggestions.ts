import { useAsk } from '../shell/asking.ts'
import { useSession } from '../shell/session.tsx'
import type { Suggestion } from './single-field.tsx'

interface Instance {
  readonly IotInstanceId: string
  readonly InstanceName: string
}
interface Product {
  readonly ProductKey: string
  readonly ProductName: string
}

/** What parameters may be, as far as the account has it: its instances, and the products of one. */
export function useSuggestions(
  names: readonly string[],
  instanceId: string,
): Readonly<Record<string, readonly Suggestion[]>> {
  const { may } = useSession()
  const [wantsInstances, wantsProducts] = [names.includes('IotInstanceId'), names.includes('ProductKey')]
  const instances = useAsk('ListInstances', {}, { enabled: wantsInstances && may('ListInstances') })
  const products = useAsk(
    'QueryProductList',
    { IotInstanceId: instanceId, CurrentPage: 1, PageSize: 50 },
    { enabled: wantsProducts && may('QueryProductList') },
  )
  const ofInstances: readonly Instance[] = instances.data?.Data?.Instance ?? []
  const ofProducts: readonly Product[] = products.data?.Data?.List?.ProductInfo ?? []
  return {
    ...(wantsInstances && {
      IotInstanceId: ofInstances
        .filter(({ IotInstanceId }) => IotInstanceId !== '')
        .map(({ IotInstanceId, InstanceName }) => ({
          value: IotInstanceId,
          label: `${IotInstanceId} · ${InstanceName}`,
        })),
    }),
    ...(wantsProducts && {
      ProductKey: ofProducts.map(({ ProductKey, ProductName }) => ({
        value: ProductKey,
        label: `${ProductKey} · ${ProductName}`,
      })),
    }),
  }
}
