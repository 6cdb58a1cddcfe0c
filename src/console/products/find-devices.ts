import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Refused } from '../../client/outcome.ts'
import { previousOf } from '../shell/cursors.ts'
import { sendable } from '../shell/parameters.ts'
import { useSession } from '../shell/session.tsx'
import { usePlace } from './address.ts'
import { actionOf, type FoundPage, isAskable, loadPage, type OfProduct, type Search, ways } from './search.ts'

const nothing: FoundPage = { devices: [], next: undefined }

/** Searches for devices page by page; each page costs the same. */
export function useDevices(product: OfProduct) {
  const { client, accessKey, may } = useSession()
  const [place, move] = usePlace(ways.find((way) => may(actionOf[way])) ?? 'prefix')
  const { search, pageSize, cursors } = place
  const action = actionOf[search.way]
  const isAsked = isAskable(search) && may(action)
  const query = useQuery({
    queryKey: [
      action,
      accessKey.id,
      'page',
      product.instance,
      product.productKey,
      search,
      pageSize,
      cursors.at(-1),
    ],
    queryFn: () =>
      loadPage(
        (name, parameters) => client.call(name, sendable(parameters)),
        search,
        product,
        pageSize,
        cursors.at(-1),
      ),
    enabled: isAsked,
    // Another operation's answer has other fields.
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[0] === action ? previous : undefined,
  })
  const isNotThere =
    query.error instanceof Refused && /^iot\.device\.(NotExistedDevice|InvalidIoTId)$/.test(query.error.code)
  const page = isAsked && query.data !== undefined && !isNotThere ? query.data : nothing
  const isLoading = isAsked && (query.isPending || query.isPlaceholderData)
  const back = () => move({ ...place, cursors: previousOf(cursors) })
  // The devices of the page may all have been deleted.
  const isPastEnd =
    isAsked &&
    !isLoading &&
    query.error === null &&
    page.devices.length === 0 &&
    page.next === undefined &&
    cursors.length > 0
  useEffect(() => {
    if (isPastEnd) back()
  })
  return {
    search,
    pageSize,
    /** Number of devices before the first of this page. */
    before: cursors.length * pageSize,
    page,
    isAsked,
    /** The displayed devices belong to the previous search. */
    isLoading: isLoading || isPastEnd,
    isFetching: query.isFetching,
    error: isNotThere ? null : query.error,
    retry: query.refetch,
    look: (next: Search) => move({ search: next, pageSize, cursors: [] }),
    resize: (next: number) => move({ search, pageSize: next, cursors: [] }),
    next: page.next === undefined ? undefined : () => move({ ...place, cursors: [...cursors, page.next!] }),
    previous: cursors.length === 0 ? undefined : back,
    first: cursors.length < 2 ? undefined : () => move({ ...place, cursors: [] }),
  }
}
