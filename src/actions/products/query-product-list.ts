import { int, optional, struct, text, wrappedList } from '../../api/shape.ts'
import { commodityCodes } from '../../rules/product-fields.ts'
import { action } from '../shared/declare.ts'
import { pageOf } from '../shared/paging.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

const pageSizeMax = 200

/** Lists the products of an instance. */
export const queryProductList = action({
  name: 'QueryProductList',
  family: 'products',
  effect: 'read',
  summary: 'Lists, page by page, the products of an instance, newest first.',
  version: '2018-01-20',
  quota: { perSecond: 50, perSecondFarPages: 2 },

  parameters: {
    IotInstanceId: iotInstanceId,
    CurrentPage: int({}, 'The page, counted from 1.', { min: 1 }),
    PageSize: int({}, `Products on a page, ${pageSizeMax} at the most.`, { min: 1, max: pageSizeMax }),
    AliyunCommodityCode: optional(text('Only products of this kind.', { values: commodityCodes })),
    ResourceGroupId: optional(text('Taken and not used: an account has one resource group.')),
  },

  answer: {
    Data: struct({
      CurrentPage: int(),
      PageSize: int(),
      PageCount: int(),
      Total: int(),
      List: wrappedList(
        'ProductInfo',
        struct({
          ProductKey: text(),
          ProductName: text(),
          AuthType: text(),
          DataFormat: int(),
          Description: text(),
          DeviceCount: int(),
          GmtCreate: int({}, 'Milliseconds since 1970 UTC.'),
          NodeType: int(),
        }),
      ),
    }),
  },

  failures: { 'iot.common.InvalidPageParams': 200 },

  async run({ IotInstanceId, AliyunCommodityCode, ...asked }, call) {
    const { CurrentPage, PageSize, offset } = pageOf(call, asked, pageSizeMax)
    const instance = await instanceOf(call, IotInstanceId)
    const filter = { commodityCode: AliyunCommodityCode }
    const { products, total } = await call.registry.products.page(instance, filter, offset, PageSize)
    return {
      Data: {
        CurrentPage,
        PageSize,
        PageCount: Math.ceil(total / PageSize),
        Total: total,
        List: {
          ProductInfo: products.map((product) => ({
            ProductKey: product.productKey,
            ProductName: product.name,
            AuthType: product.authType,
            DataFormat: product.dataFormat,
            Description: product.description,
            DeviceCount: product.deviceCount,
            GmtCreate: product.createdAt,
            NodeType: product.nodeType,
          })),
        },
      },
    }
  },
})
