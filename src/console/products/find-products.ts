import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { AnswerOf } from '../../client/outcome.ts'
import { sendable } from '../shell/parameters.ts'
import { useSession } from '../shell/session.tsx'
import type { ListedProduct, TagSought } from './product-search.ts'

/**
 * Loads an instance's products page by page, newest first.
 * @param wanted number of products needed; Infinity for all
 */
export function useProducts(instance: string, tag: TagSought | undefined, wanted: number) {
  const { client, accessKey, may } = useSession()
  const action = tag === undefined ? 'QueryProductList' : 'ListProductByTags'
  // The maximum page size of each operation.
  const pageSize = tag === undefined ? 200 : 50
  const query = useInfiniteQuery({
    enabled: may(action),
    queryKey: [action, accessKey.id, instance, tag],
    queryFn: ({ pageParam }) =>
      client.call(
        action,
        sendable({
          IotInstanceId: instance,
          'ProductTag.1.TagKey': tag?.key,
          'ProductTag.1.TagValue': tag?.value,
          CurrentPage: pageParam,
          PageSize: pageSize,
        }),
      ),
    initialPageParam: 1,
    getNextPageParam: (last, _, page) => (listed(last).length < pageSize ? undefined : page + 1),
  })
  const pages = query.data?.pages ?? []
  // A product created between two page loads moves another one to the second page, so it appears twice.
  const products = [
    ...new Map(pages.flatMap(listed).map((product) => [product.productKey, product] as const)).values(),
  ]
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  const isShort = hasNextPage && products.length < wanted
  useEffect(() => {
    if (isShort && !isFetching && !isError) void fetchNextPage()
  }, [isShort, isFetching, isError, fetchNextPage])
  return {
    products,
    /** The operation that lists them. */
    action,
    /** The total, loaded or not. */
    total: (pages[0] && 'Data' in pages[0] ? pages[0].Data.Total : undefined) ?? products.length,
    isLoading: query.isLoading || (isShort && !isError),
    isFetching,
    error: query.error,
    retry: query.refetch,
  }
}

function listed(answer: AnswerOf<'QueryProductList' | 'ListProductByTags'>): ListedProduct[] {
  if ('Data' in answer)
    return (answer.Data?.List?.ProductInfo ?? []).map((product) => ({
      ...commonOf(product),
      authType: product.AuthType,
      deviceCount: product.DeviceCount,
      createdAt: product.GmtCreate,
    }))
  return (answer.ProductInfos?.ProductInfo ?? []).map((product) => ({
    ...commonOf(product),
    createdAt: product.CreateTime,
  }))
}

const commonOf = (product: {
  readonly ProductKey: string
  readonly ProductName: string
  readonly Description: string
  readonly NodeType: number
}) => ({
  productKey: product.ProductKey,
  name: product.ProductName,
  description: product.Description,
  nodeType: product.NodeType,
})
