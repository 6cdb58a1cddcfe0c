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

/** Where somebody is in what was found. */
interface Place {
  readonly search: Search
  readonly pageSize: number
  /** What leads to each page from the second to this one. */
  readonly cursors: readonly string[]
}

/** Where somebody was in each product, for as long as the console is open: who looks at a device comes back to it. */
const places = new Map<string, Place>()

const nothing: FoundPage = { devices: [], next: undefined }

/** Looks for devices, page by page; a page costs the same wherever it is. */
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
  // All that was on it may have been deleted.
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
    /** Devices before this page's first. */
    before: cursors.length * pageSize,
    page,
    isAsked,
    /** What is shown is still of what was asked before. */
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
