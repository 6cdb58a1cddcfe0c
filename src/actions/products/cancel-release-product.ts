import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, setReleased } from '../shared/product.ts'

/** Unpublishes a product. */
export const cancelReleaseProduct = action({
  name: 'CancelReleaseProduct',
  family: 'products',
  effect: 'write',
  summary: {
    en: 'Unpublishes a product: QueryProduct returns DEVELOPMENT_STATUS, and the product can be deleted. A repeated call changes nothing.',
    zh: '取消发布产品：之后 QueryProduct 返回 DEVELOPMENT_STATUS，产品可以删除。重复调用不产生变化。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey },

  answer: {},

  failures: { 'iot.prod.NotExistedProduct': 200 },

  run: (_, call) => setReleased(call, false),
})
