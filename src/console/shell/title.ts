import { useEffect } from 'react'

/** Names the window after what a page shows, for as long as it shows it. */
export function useTitle(name: string): void {
  useEffect(() => {
    const before = document.title
    document.title = `${name} · Rollcall`
    return () => {
      document.title = before
    }
  }, [name])
}
