import { useMemo } from 'react'
import { useAddressParameters } from '../shell/address.ts'
import { type Cursors, cursorParameters, cursorsIn } from '../shell/cursors.ts'
import { pageSizes, type Search, type Way } from './search.ts'
import { searchIn, searchParameters } from './search-address.ts'

/** The position in the search results. */
export interface Place {
  readonly search: Search
  readonly pageSize: number
  readonly cursors: Cursors
}

/** The search, page size and page of a device list, kept in the address. */
export function usePlace(usual: Way): readonly [Place, (place: Place) => void] {
  const [parameters, change] = useAddressParameters()
  const { by, find, value, size, page, at } = parameters
  const place = useMemo((): Place => {
    const given = Object.fromEntries(
      Object.entries({ by, find, value }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    )
    return {
      search: searchIn(given, usual),
      pageSize: pageSizes.find((known) => String(known) === size) ?? pageSizes[0],
      cursors: cursorsIn({ page, at }),
    }
  }, [by, find, value, size, page, at, usual])
  const move = ({ search, pageSize, cursors }: Place) => {
    change({
      ...searchParameters(search, usual),
      size: pageSize === pageSizes[0] ? undefined : String(pageSize),
      ...cursorParameters(cursors),
    })
  }
  return [place, move]
}
