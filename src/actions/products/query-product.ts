import { bool, int, optional, struct, text } from '../../api/shape.ts'
import { NotFound } from '../../registry/registry.ts'
import { netTypes } from '../../rules/product-fields.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

/** Returns the details of one product. */
export const queryProduct = action({
  name: 'QueryProduct',
  family: 'products',
  effect: 'read',
  summary: {
    en: 'Returns the details of a product, including the number of its devices.',
    zh: '查询产品的详细信息，包括设备数量。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey },

  answer: {
    Data: struct({
      ProductKey: text(),
      ProductName: text(),
      ProductSecret: text(),
      ProductStatus: text(
        'RELEASE_STATUS once it was published by ReleaseProduct, else DEVELOPMENT_STATUS.',
        { values: ['DEVELOPMENT_STATUS', 'RELEASE_STATUS'] },
      ),
      AliyunCommodityCode: text(),
      AuthType: text(),
      CategoryKey: text('Empty where the product has none.'),
      CategoryName: text('The CategoryKey, since Rollcall knows no names of categories.'),
      DataFormat: int(),
      Description: text(),
      DeviceCount: int(),
      GmtCreate: int({}, 'Milliseconds since 1970 UTC.'),
      Id2: bool(),
      NetType: int(),
      NodeType: int(),
      Owner: bool(),
      ProtocolType: text('Empty where the product has none.'),
      ValidateType: optional(int()),
    }),
  },

  failures: { 'iot.prod.NotExistedProduct': 200 },

  async run({ ProductKey }, call) {
    const product = productOf(call)
    const secret = await call.registry.products.secretOf(product).catch((error) => {
      if (error instanceof NotFound) call.fail('iot.prod.NotExistedProduct', 'It was deleted meanwhile.')
      throw error
    })
    return {
      Data: {
        ProductKey,
        ProductName: product.name,
        ProductSecret: secret,
        ProductStatus: product.released ? ('RELEASE_STATUS' as const) : ('DEVELOPMENT_STATUS' as const),
        AliyunCommodityCode: product.commodityCode,
        AuthType: product.authType,
        CategoryKey: product.categoryKey ?? '',
        CategoryName: product.categoryKey ?? '',
        DataFormat: product.dataFormat,
        Description: product.description,
        DeviceCount: product.deviceCount,
        GmtCreate: product.createdAt,
        Id2: false,
        NetType: netTypes[product.netType],
        NodeType: product.nodeType,
        Owner: true,
        ProtocolType: product.protocolType ?? '',
        ValidateType: product.validateType,
      },
    }
  },
})
