import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey } from '../shared/product.ts'
import {
  invalidProductTags,
  newProductTags,
  setProductTags,
  setProductTagsFailures,
} from '../shared/product-tags.ts'

/** Gives a product tags. */
export const createProductTags = action({
  name: 'CreateProductTags',
  family: 'products',
  effect: 'write',
  summary: 'Gives a product tags, all or none; their keys must be new to it.',
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey, ProductTag: newProductTags },

  answer: invalidProductTags,

  failures: setProductTagsFailures,

  run: (asked, call) => setProductTags(call, asked, 'new'),
})
