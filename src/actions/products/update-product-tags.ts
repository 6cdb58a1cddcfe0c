import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey } from '../shared/product.ts'
import {
  invalidProductTags,
  newProductTags,
  setProductTags,
  setProductTagsFailures,
} from '../shared/product-tags.ts'

/** Changes the values of a product’s tags. */
export const updateProductTags = action({
  name: 'UpdateProductTags',
  family: 'products',
  effect: 'write',
  summary: 'Changes the values of tags that a product has, all or none.',
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey, ProductTag: newProductTags },

  answer: invalidProductTags,

  failures: setProductTagsFailures,

  run: (asked, call) => setProductTags(call, asked, 'existing'),
})
