import type { Operation } from '../../client/operations.ts'
import { takesImports } from '../../rules/product-fields.ts'
import { useAsk } from '../shell/asking.ts'
import { useInstances } from '../shell/instances.tsx'
import { useSession } from '../shell/session.tsx'
import { familyOf } from './families.ts'
import type { Suggestion } from './single-field.tsx'

interface Product {
  readonly ProductKey: string
  readonly ProductName: string
  readonly AuthType: string
}

/**
 * What parameters may be, as far as the account has it: its instances, and the products of one. For an import those
 * that take imports come first.
 */
export function useSuggestions(
  operation: Pick<Operation, 'name' | 'version' | 'parameters'>,
  instanceId: string,
): Readonly<Record<string, readonly Suggestion[]>> {
  const { may } = useSession()
  const names = operation.parameters.map(({ name }) => name)
  const [wantsInstances, wantsProducts] = [names.includes('IotInstanceId'), names.includes('ProductKey')]
  const { instances } = useInstances(wantsInstances)
  // An ID that is still being typed is none: each of its characters would be a call that counts and fails.
  const isInstance = ['', ...(instances ?? []).map(({ IotInstanceId }) => IotInstanceId)].includes(instanceId)
  const products = useAsk(
    'QueryProductList',
    { IotInstanceId: instanceId, CurrentPage: 1, PageSize: 50 },
    { enabled: wantsProducts && isInstance && may('QueryProductList') },
  )
  const listed: readonly Product[] = products.data?.Data?.List?.ProductInfo ?? []
  const kind = instanceId === '' ? 'public' : 'enterprise-standard'
  const isApt = ({ AuthType }: Product) => familyOf(operation) !== 'imports' || takesImports(AuthType, kind)
  const ofProducts = [...listed.filter(isApt), ...listed.filter((product) => !isApt(product))]
  return {
    ...(wantsInstances && {
      IotInstanceId: (instances ?? [])
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
