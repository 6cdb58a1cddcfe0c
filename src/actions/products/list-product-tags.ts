import { wrappedList } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'
import { productTag } from '../shared/product-tags.ts'

/** Lists the tags of one product. */
export const listProductTags = action({
  name: 'ListProductTags',
  family: 'products',
  effect: 'read',
  summary: { en: 'Lists the tags of a product, ordered by key.', zh: '按标签键顺序查询产品的标签。' },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey },

  answer: { Data: wrappedList('ProductTag', productTag) },

  failures: { 'iot.prod.NotExistedProduct': 200 },

  async run(_, call) {
    const product = productOf(call)
    const tags = await call.registry.products.tags(product)
    return { Data: { ProductTag: tags.map(({ key, value }) => ({ TagKey: key, TagValue: value })) } }
  },
})
