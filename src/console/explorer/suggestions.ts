import type { Operation } from '../../client/operations.ts'
import type { AnswerOf } from '../../client/outcome.ts'
import { takesImports } from '../../rules/product-fields.ts'
import { useApiQuery } from '../shell/api-query.ts'
import { useInstances } from '../shell/instances.tsx'
import { useSession } from '../shell/session.tsx'
import type { Suggestion } from './single-field.tsx'

type Product = AnswerOf<'QueryProductList'>['Data']['List']['ProductInfo'][number]

/** Reports whether an operation requires an instance with an ID, so not the public one. */
export const needsInstance = ({ parameters }: Pick<Operation, 'parameters'>) =>
  parameters.some(({ name, required }) => name === 'IotInstanceId' && required)

/**
 * Suggests values from the account: its instances, and the products of the chosen one, or of the first if one
 * is required and none is given. For an import, products that accept imports come first.
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
  // A partially typed ID is ignored: each of its characters would cause a failing call.
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
