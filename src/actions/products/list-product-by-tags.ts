import { int, rows, struct, text, wrappedList } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { pageOf, paging } from '../shared/paging.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'
import { tagsPerCall } from '../shared/product-tags.ts'

const pageSizeMax = 50

/** Lists the products of an instance that have any of some tags. */
export const listProductByTags = action({
  name: 'ListProductByTags',
  family: 'products',
  effect: 'read',
  summary: {
    en: 'Lists the products that have at least one of the tags in pages, newest first.',
    zh: '分页查询带有任一指定标签的产品，最新的在前。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductTag: rows({
      members: {
        TagKey: { required: true, doc: { en: 'The key of the tag.', zh: '标签键。' } },
        TagValue: {
          required: false,
          doc: {
            en: 'The value of the tag. If it is not given, any value matches.',
            zh: '标签值；不传则只匹配标签键。',
          },
        },
      },
      max: tagsPerCall,
      required: true,
    }),
    ...paging({ en: 'Products', zh: '产品' }, pageSizeMax),
  },

  answer: {
    ProductInfos: wrappedList(
      'ProductInfo',
      struct({
        ProductKey: text(),
        ProductName: text(),
        NodeType: int({}, { en: '0 for a device, 1 for a gateway.', zh: '0 为设备，1 为网关。' }),
        Description: text(),
        CreateTime: int({}, 'Milliseconds since 1970 UTC.'),
      }),
    ),
  },

  failures: { 'iot.common.InvalidPageParams': 200 },

  async run({ ProductTag, ...asked }, call) {
    const { PageSize, offset } = pageOf(asked)
    const instance = instanceOf(call)
    const anyTag = ProductTag.map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue }))
    const { products } = await call.registry.products.page(instance, { anyTag }, offset, PageSize)
    return {
      ProductInfos: {
        ProductInfo: products.map(({ productKey, name, nodeType, description, createdAt }) => ({
          ProductKey: productKey,
          ProductName: name,
          NodeType: nodeType,
          Description: description,
          CreateTime: createdAt,
        })),
      },
    }
  },
})
