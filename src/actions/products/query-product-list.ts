import { int, optional, struct, text, wrappedList } from '../../api/shape.ts'
import { commodityCodes } from '../../rules/product-fields.ts'
import { action } from '../shared/declare.ts'
import { pageOf, requiredPaging } from '../shared/paging.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

const pageSizeMax = 200

/** Lists the products of an instance. */
export const queryProductList = action({
  name: 'QueryProductList',
  family: 'products',
  effect: 'read',
  summary: {
    en: 'Lists the products of an instance in pages, newest first.',
    zh: '分页查询实例下的产品，最新的在前。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50, perSecondFarPages: 2 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ...requiredPaging({ en: 'Products', zh: '产品' }, pageSizeMax),
    AliyunCommodityCode: optional(
      text({
        en: `Only products with this commodity code: ${commodityCodes.join(', ')}.`,
        zh: `只查询此类产品：${commodityCodes.join(', ')}。`,
      }),
    ),
    ResourceGroupId: optional(
      text({
        en: 'Accepted and ignored: an account has one resource group.',
        zh: '接受但不使用：一个账号只有一个资源组。',
      }),
    ),
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

  async run({ AliyunCommodityCode, ...asked }, call) {
    const { CurrentPage, PageSize, offset } = pageOf(asked)
    const instance = instanceOf(call)
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
