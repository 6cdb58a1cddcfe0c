import type { PublishedMembers } from './published.ts'

const tags = [{ TagKey: 'string', TagValue: 'string' }] as const

/** The metadata of the operations about products' tags. */
export const publishedProductTags: Readonly<Record<string, PublishedMembers>> = {
  CreateProductTags: { InvalidProductTags: { ProductTag: tags } },
  UpdateProductTags: { InvalidProductTags: { ProductTag: tags } },
  DeleteProductTags: {},
  ListProductTags: { Data: { ProductTag: tags } },
  ListProductByTags: {
    ProductInfos: {
      ProductInfo: [
        {
          ProductKey: 'string',
          ProductName: 'string',
          NodeType: 'int32',
          Description: 'string',
          CreateTime: 'int64',
        },
      ],
    },
  },
}
