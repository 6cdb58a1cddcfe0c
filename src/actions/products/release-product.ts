import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, setReleased } from '../shared/product.ts'

/** Publishes a product. */
export const releaseProduct = action({
  name: 'ReleaseProduct',
  family: 'products',
  effect: 'write',
  summary:
    'Publishes a product: QueryProduct tells RELEASE_STATUS then, and it cannot be deleted. Once more changes nothing.',
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey },

  answer: {},

  failures: { 'iot.prod.NotExistedProduct': 200 },

  run: (asked, call) => setReleased(call, asked, true),
})
