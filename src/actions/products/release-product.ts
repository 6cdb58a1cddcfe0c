import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, setReleased } from '../shared/product.ts'

/** Publishes a product. */
export const releaseProduct = action({
  name: 'ReleaseProduct',
  family: 'products',
  effect: 'write',
  summary: {
    en: "Publishes a product: QueryProduct returns RELEASE_STATUS, and the product can't be deleted. A repeated call changes nothing.",
    zh: '发布产品：之后 QueryProduct 返回 RELEASE_STATUS，产品不能删除。重复调用不产生变化。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey },

  answer: {},

  failures: { 'iot.prod.NotExistedProduct': 200 },

  run: (_, call) => setReleased(call, true),
})
