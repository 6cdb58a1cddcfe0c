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
  summary: 'Lists, page by page, the products that have at least one of the tags, newest first.',
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductTag: rows({
      members: {
        TagKey: { required: true, doc: 'The key of the tag.' },
        TagValue: { required: false, doc: 'Its value; without it the key is enough.' },
      },
      max: tagsPerCall,
      required: true,
    }),
    ...paging('Products', pageSizeMax),
  },

  answer: {
    ProductInfos: wrappedList(
      'ProductInfo',
      struct({
        ProductKey: text(),
        ProductName: text(),
        NodeType: int({}, '0 for a device, 1 for a gateway.'),
        Description: text(),
        CreateTime: int({}, 'Milliseconds since 1970 UTC.'),
      }),
    ),
  },

  failures: { 'iot.common.InvalidPageParams': 200 },

  async run({ IotInstanceId, ProductTag, ...asked }, call) {
    const { PageSize, offset } = pageOf(call, asked, pageSizeMax)
    const instance = await instanceOf(call, IotInstanceId)
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
