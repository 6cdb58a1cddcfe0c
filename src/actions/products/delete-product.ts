import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

/**
 * Deletes a product with all that belongs to it, according to its page. A published product can't be deleted,
 * according to the page about publishing; the code is that of related operations.
 */
export const deleteProduct = action({
  name: 'DeleteProduct',
  family: 'products',
  effect: 'destroy',
  summary: {
    en: 'Deletes a product, its devices and all related data. A published product must be unpublished first.',
    zh: '删除产品、其下设备以及与之相关的全部数据。已发布的产品须先取消发布。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey },

  answer: {},

  failures: { 'iot.prod.NotExistedProduct': 200, 'Product.has.published': 200 },

  async run({ ProductKey }, call) {
    const product = productOf(call)
    if (product.released) {
      call.fail('Product.has.published', `CancelReleaseProduct unpublishes ${ProductKey}.`)
    }
    if (!(await call.registry.products.delete(product))) call.fail('iot.prod.NotExistedProduct')
    return {}
  },
})
