import { optional, text } from '../../api/shape.ts'
import { Duplicate } from '../../registry/registry.ts'
import { descriptionMax, isProductName } from '../../rules/product-fields.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId, newProductName, productKey, productOf } from '../shared/product.ts'

/** Changes the name and the description of a product. */
export const updateProduct = action({
  name: 'UpdateProduct',
  family: 'products',
  effect: 'write',
  summary: {
    en: 'Changes the name and the description of a product, published or not.',
    zh: '修改产品的名称和描述，无论是否已发布。',
  },
  version: '2018-01-20',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    ProductName: newProductName,
    Description: optional(
      text(
        {
          en: 'The new description. If it is not given, the description stays.',
          zh: '新的产品描述；不传则保留原有描述。',
        },
        { maxLength: descriptionMax, failure: 'iot.prod.LongProductDesc' },
      ),
    ),
  },

  answer: {},

  failures: {
    'iot.prod.NotExistedProduct': 200,
    'iot.prod.InvalidFormattedProductName': 200,
    'iot.prod.AlreadyExistedProductName': 200,
    'iot.prod.LongProductDesc': 200,
  },

  async run({ ProductName, Description }, call) {
    const product = productOf(call)
    if (!isProductName(ProductName)) call.fail('iot.prod.InvalidFormattedProductName')
    const change = { name: ProductName, ...(Description !== undefined && { description: Description }) }
    try {
      if (await call.registry.products.update(product, change)) return {}
    } catch (error) {
      if (error instanceof Duplicate) {
        return call.fail('iot.prod.AlreadyExistedProductName', `It is ${ProductName}.`)
      }
      throw error
    }
    return call.fail('iot.prod.NotExistedProduct')
  },
})
