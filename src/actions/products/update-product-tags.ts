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
  summary: {
    en: 'Changes the values of existing tags of a product, all or none.',
    zh: '修改产品已有标签的值，要么全部成功，要么全部失败。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey, ProductTag: newProductTags },

  answer: invalidProductTags,

  failures: setProductTagsFailures,

  run: (asked, call) => setProductTags(call, asked, 'existing'),
})
