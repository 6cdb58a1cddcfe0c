import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey } from '../shared/product.ts'
import {
  invalidProductTags,
  newProductTags,
  setProductTags,
  setProductTagsFailures,
} from '../shared/product-tags.ts'

/** Adds tags to a product. */
export const createProductTags = action({
  name: 'CreateProductTags',
  family: 'products',
  effect: 'write',
  summary: {
    en: 'Adds tags to a product, all or none. The product must not have a tag with one of these keys.',
    zh: '为产品添加标签，要么全部成功，要么全部失败；标签键不能与已有的重复。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey, ProductTag: newProductTags },

  answer: invalidProductTags,

  failures: setProductTagsFailures,

  run: (asked, call) => setProductTags(call, asked, 'new'),
})
