import { createContext, useContext, useEffect } from 'react'

/** Told what the window is named after; undefined where it is the page. */
export const TitleContext = createContext<(name: string | undefined) => void>(() => {})

/** Names the window after what a page shows, for as long as it shows it. */
export function useTitle(name: string): void {
  const tell = useContext(TitleContext)
  useEffect(() => {
    tell(name)
    return () => tell(undefined)
  }, [tell, name])
}
