import type { Answer } from '../../client/outcome.ts'
import { tagsMax } from '../../rules/tags.ts'
import { useLack } from '../shell/action-button.tsx'
import { useAsk, useDo } from '../shell/api-query.ts'
import { useTellProblem } from '../shell/problem.tsx'
import { Held } from '../shell/query-view.tsx'
import { Lacking } from './permission-notice.tsx'
import type { OfProduct } from './search.ts'
import { Tags } from './tags.tsx'

const stale = ['ListProductTags', 'ListProductByTags']

/** The tags of a product. */
export function ProductTags({ instance, productKey }: OfProduct) {
  const ofProduct = { IotInstanceId: instance, ProductKey: productKey }
  const lack = useLack()('ListProductTags')
  const tell = useTellProblem()
  const asked = useAsk('ListProductTags', ofProduct, { enabled: lack === undefined })
  const create = useDo('CreateProductTags', stale)
  const update = useDo('UpdateProductTags', stale)
  const remove = useDo('DeleteProductTags', stale)
  if (lack !== undefined) return <Lacking reason={lack} />
  return (
    <Held asked={asked}>
      {(answer) => (
        <Tags
          tags={answer.Data.ProductTag.map(({ TagKey, TagValue }: Answer) => ({
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
    </Held>
  )
}
