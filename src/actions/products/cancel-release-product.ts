import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, setReleased } from '../shared/product.ts'

/** Unpublishes a product. */
export const cancelReleaseProduct = action({
  name: 'CancelReleaseProduct',
  family: 'products',
  effect: 'write',
  summary:
    'Unpublishes a product: QueryProduct tells DEVELOPMENT_STATUS then, and it can be deleted. Once more changes nothing.',
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey },

  answer: {},

  failures: { 'iot.prod.NotExistedProduct': 200 },

  run: (asked, call) => setReleased(call, asked, false),
})
