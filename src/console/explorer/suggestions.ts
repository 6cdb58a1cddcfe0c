import type { Operation } from '../../client/operations.ts'
import { takesImports } from '../../rules/product-fields.ts'
import { useApiQuery } from '../shell/api-query.ts'
import { useInstances } from '../shell/instances.tsx'
import { useSession } from '../shell/session.tsx'
import type { Suggestion } from './single-field.tsx'

interface Product {
  readonly ProductKey: string
  readonly ProductName: string
  readonly AuthType: string
}

/** Whether an operation takes no public instance, which has no ID. */
export const needsInstance = ({ parameters }: Pick<Operation, 'parameters'>) =>
  parameters.some(({ name, required }) => name === 'IotInstanceId' && required)

/**
 * What parameters may be, as far as the account has it: its instances, and the products of one, which is the first
 * where one is needed and none is given. For an import those that take imports come first.
 */
export function useSuggestions(
  operation: Pick<Operation, 'family' | 'parameters'>,
  instanceId: string,
): Readonly<Record<string, readonly Suggestion[]>> {
  const { may } = useSession()
  const names = operation.parameters.map(({ name }) => name)
  const wantsInstances = names.includes('IotInstanceId')
  const wantsProducts = names.some((name) => /(^|\.)ProductKey$/.test(name))
  const { instances } = useInstances(wantsInstances)
  const withId = (instances ?? []).filter(({ IotInstanceId }) => IotInstanceId !== '')
  const instance = instanceId === '' && needsInstance(operation) ? withId[0]?.IotInstanceId : instanceId
  // An ID that is still being typed is none: each of its characters would be a call that counts and fails.
  const isInstance = instance === '' || withId.some(({ IotInstanceId }) => IotInstanceId === instance)
  const products = useApiQuery(
    'QueryProductList',
    { IotInstanceId: instance, CurrentPage: 1, PageSize: 50 },
    { enabled: wantsProducts && isInstance && may('QueryProductList') },
  )
  const listed: readonly Product[] = products.data?.Data?.List?.ProductInfo ?? []
  const kind = instance === '' ? 'public' : 'enterprise-standard'
  const isApt = ({ AuthType }: Product) => operation.family !== 'imports' || takesImports(AuthType, kind)
  const ofProducts = [...listed.filter(isApt), ...listed.filter((product) => !isApt(product))]
  return {
    ...(wantsInstances && {
      IotInstanceId: withId.map(({ IotInstanceId, InstanceName }) => ({
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
