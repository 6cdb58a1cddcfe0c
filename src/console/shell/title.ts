import { createContext, useContext, useEffect } from 'react'

/** Receives the window title; undefined for the page's own. */
export const TitleContext = createContext<(name: string | undefined) => void>(() => {})

/** Sets the window title while a page is displayed. */
export function useTitle(name: string): void {
  const tell = useContext(TitleContext)
  useEffect(() => {
    tell(name)
    return () => tell(undefined)
  }, [tell, name])
}
