import { tagsMax } from '../../rules/tags.ts'
import { useMissingPermission } from '../shell/action-button.tsx'
import { useApiMutation, useApiQuery } from '../shell/api-query.ts'
import { useShowProblem } from '../shell/problem.tsx'
import { QueryView } from '../shell/query-view.tsx'
import { PermissionNotice } from './permission-notice.tsx'
import type { OfProduct } from './search.ts'
import { Tags } from './tags.tsx'

const stale = ['ListProductTags', 'ListProductByTags']

/** The tags of a product. */
export function ProductTags({ instance, productKey }: OfProduct) {
  const ofProduct = { IotInstanceId: instance, ProductKey: productKey }
  const missingPermission = useMissingPermission()('ListProductTags')
  const tell = useShowProblem()
  const query = useApiQuery('ListProductTags', ofProduct, { enabled: missingPermission === undefined })
  const create = useApiMutation('CreateProductTags', stale)
  const update = useApiMutation('UpdateProductTags', stale)
  const remove = useApiMutation('DeleteProductTags', stale)
  if (missingPermission !== undefined) return <PermissionNotice reason={missingPermission} />
  return (
    <QueryView query={query}>
      {(answer) => (
        <Tags
          tags={answer.Data.ProductTag.map(({ TagKey, TagValue }) => ({
            key: TagKey,
            value: TagValue,
          }))}
          doings={{
            max: tagsMax,
            fields: { key: 'ProductTagKey', value: 'ProductTagValue' },
            actions: { add: 'CreateProductTags', change: 'UpdateProductTags', remove: 'DeleteProductTags' },
            add: ({ key, value }) =>
              create.mutateAsync({
                ...ofProduct,
                'ProductTag.1.TagKey': key,
                'ProductTag.1.TagValue': value,
              }),
            change: ({ key, value }) =>
              update.mutateAsync({
                ...ofProduct,
                'ProductTag.1.TagKey': key,
                'ProductTag.1.TagValue': value,
              }),
            remove: (key) => remove.mutateAsync({ ...ofProduct, ProductTagKey: [key] }, { onError: tell }),
          }}
        />
      )}
    </QueryView>
  )
}
