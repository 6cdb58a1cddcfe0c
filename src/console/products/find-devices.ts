import { useEffect, useState } from 'react'
import { Refused } from '../../client/outcome.ts'
import { useApiQuery } from '../shell/api-query.ts'
import { useSession } from '../shell/session.tsx'
import {
  actionOf,
  blank,
  type FoundPage,
  isAskable,
  type OfProduct,
  pageCall,
  pageSizes,
  readPage,
  type Search,
  ways,
} from './search.ts'

/** The position in the search results. */
interface Place {
  readonly search: Search
  readonly pageSize: number
  /** The cursors of the second to the current page. */
  readonly cursors: readonly string[]
}

/** The position in each product, kept while the console is open, so that a user returns to it from a device. */
const places = new Map<string, Place>()

const nothing: FoundPage = { devices: [], next: undefined }

/** Searches for devices page by page; each page costs the same. */
export function useDevices(product: OfProduct) {
  const { accessKey, may } = useSession()
  const key = JSON.stringify([accessKey.id, product.instance, product.productKey])
  const [place, setPlace] = useState<Place>(
    () =>
      places.get(key) ?? {
        search: blank(ways.find((way) => may(actionOf[way])) ?? 'prefix'),
        pageSize: pageSizes[0],
        cursors: [],
      },
  )
  const move = (next: Place) => {
    places.set(key, next)
    setPlace(next)
  }
  const { search, pageSize, cursors } = place
  const { action, parameters } = pageCall(search, product, pageSize, cursors.at(-1))
  const isAsked = isAskable(search) && may(action)
  const query = useApiQuery(action, parameters, { enabled: isAsked, keepPrevious: true })
  const isNotThere =
    query.error instanceof Refused && /^iot\.device\.(NotExistedDevice|InvalidIoTId)$/.test(query.error.code)
  const page =
    isAsked && query.data !== undefined && !isNotThere
      ? readPage(search.way, product.productKey, query.data)
      : nothing
  const isLoading = isAsked && (query.isPending || query.isPlaceholderData)
  const back = () => move({ ...place, cursors: cursors.slice(0, -1) })
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
    look: (next: Search) => move({ ...place, search: next, cursors: [] }),
    resize: (next: number) => move({ ...place, pageSize: next, cursors: [] }),
    next: page.next === undefined ? undefined : () => move({ ...place, cursors: [...cursors, page.next!] }),
    previous: cursors.length === 0 ? undefined : back,
  }
}
