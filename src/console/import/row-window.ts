import { useEffect, useRef, useState } from 'react'
import type { ListedRow } from './messages.ts'

const pageRows = 100
/** Maximum pages kept; the least recently displayed are dropped first. */
const pagesMax = 30

/**
 * Loads the visible rows of a long list from another thread, page by page.
 * @param version changes when the rows at given indexes change
 * @param from first visible index
 * @param to last visible index; below `from` if there is none
 */
export function useRowWindow(
  ask: (from: number, count: number) => Promise<readonly ListedRow[]>,
  version: number,
  count: number,
  from: number,
  to: number,
): (place: number) => ListedRow | undefined {
  const kept = useRef<{ version: number; pages: Map<number, readonly ListedRow[]> }>(undefined)
  const [, setArrived] = useState(0)
  const first = Math.floor(from / pageRows)
  const last = Math.floor(to / pageRows)
  useEffect(() => {
    let isGone = false
    if (kept.current?.version !== version) kept.current = { version, pages: new Map() }
    const { pages } = kept.current
    for (let page = first; page <= last; page++) {
      const wanted = Math.min(pageRows, count - page * pageRows)
      const has = pages.get(page)
      // The last page may have grown.
      if (wanted <= 0 || (has?.length ?? 0) >= wanted) continue
      ask(page * pageRows, wanted).then((rows) => {
        if (isGone || kept.current?.version !== version) return
        pages.delete(page)
        pages.set(page, rows)
        for (const oldest of pages.keys()) {
          if (pages.size <= pagesMax) break
          pages.delete(oldest)
        }
        setArrived((before) => before + 1)
      })
    }
    return () => {
      isGone = true
    }
  }, [ask, version, count, first, last])
  return (place) =>
    kept.current?.version === version
      ? kept.current.pages.get(Math.floor(place / pageRows))?.[place % pageRows]
      : undefined
}
