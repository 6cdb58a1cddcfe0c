import { useEffect, useState } from 'react'
import { useSession } from '../shell/session.tsx'
import { allFound, callOf, type Found, type OfProduct, type Search } from './search.ts'

/** Devices that a user selected: one by one, or all that a search finds. */
export type Chosen = readonly Found[] | { readonly search: Search; readonly product: OfProduct }

/** Loads the selected devices, so that the user confirms exactly those that are changed. */
export function useChosen(chosen: Chosen, instance: string) {
  const { patientClient } = useSession()
  const [devices, setDevices] = useState<readonly Found[] | undefined>(
    Array.isArray(chosen) ? chosen : undefined,
  )
  const [found, setFound] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection is fixed while a dialog is open.
  useEffect(() => {
    if (!('search' in chosen)) return
    let isLeft = false
    async function load({ search, product }: Extract<Chosen, { readonly search: Search }>) {
      const all: Found[] = []
      for await (const page of allFound(callOf(patientClient), search, product)) {
        if (isLeft) return
        all.push(...page)
        setFound(all.length)
      }
      setDevices(all)
    }
    setError(null)
    load(chosen).catch((thrown) => !isLeft && setError(thrown))
    return () => {
      isLeft = true
    }
  }, [instance, tries])
  return { devices, found, error, retry: () => setTries(tries + 1) }
}
