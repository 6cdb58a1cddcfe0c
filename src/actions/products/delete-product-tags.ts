import { texts } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'
import { tagsPerCall } from '../shared/product-tags.ts'

/** Removes tags from a product. */
export const deleteProductTags = action({
  name: 'DeleteProductTags',
  family: 'products',
  effect: 'destroy',
  summary: {
    en: 'Removes tags from a product. Keys that the product does not have are ignored.',
    zh: '删除产品的标签。不存在的标签键会被忽略。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    ProductTagKey: texts({
      max: tagsPerCall,
      required: true,
      doc: { en: 'The key of a tag.', zh: '标签键。' },
    }),
  },

  answer: {},

  failures: { 'iot.prod.NotExistedProduct': 200 },

  async run({ ProductTagKey }, call) {
    const product = productOf(call)
    await call.registry.products.deleteTags(product, ProductTagKey)
    return {}
  },
})
