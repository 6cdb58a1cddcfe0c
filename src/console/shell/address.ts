import { useCallback, useMemo, useSyncExternalStore } from 'react'

/*
 * The address of what the console shows: a path and parameters behind the '#', as in #/products/-?page=2. wouter's own
 * hook puts parameters before the '#', so that a copied link would lose them when the path changes.
 */

const hashed = () => `/${location.hash.replace(/^#?\/?/, '')}`
const pathNow = () => hashed().split('?', 1)[0]!
const parametersNow = () => hashed().slice(pathNow().length + 1)

/** The last parameters of each path of the session, so that a link back to a list shows it unchanged. */
const lastParameters = new Map<string, string>()
const keep = () => lastParameters.set(pathNow(), parametersNow())
addEventListener('hashchange', keep)

/**
 * Returns the address of a path with the parameters that it had last.
 * @param path from the console's root, as in /products/-
 */
export function asLeft(path: string): string {
  const parameters = lastParameters.get(path)
  return parameters ? `~${path}?${parameters}` : `~${path}`
}

/** Forgets the parameters of all paths: the next user must not see what was open. */
export const forgetAddresses = (): void => lastParameters.clear()

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

function go(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  keep()
  history[replace ? 'replaceState' : 'pushState'](null, '', `#/${to.replace(/^#?\/?/, '')}`)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** The path of the address, for wouter's Router. */
export function useHashPath(): [string, typeof go] {
  return [useSyncExternalStore(subscribe, pathNow), go]
}
useHashPath.hrefs = (path: string): string => `#${path}`

/** Parameters of the address; undefined or an empty text removes one. */
export type AddressParameters = Readonly<Record<string, string | undefined>>

/**
 * The parameters of the address, so that a reload, the browser's back button and a copied link show the same list.
 * @returns the parameters, and what replaces some of them without a new entry in the browser's history
 */
export function useAddressParameters(): readonly [
  Readonly<Record<string, string>>,
  (changes: AddressParameters) => void,
] {
  const text = useSyncExternalStore(subscribe, parametersNow)
  const parameters = useMemo(() => Object.fromEntries(new URLSearchParams(text)), [text])
  const change = useCallback((changes: AddressParameters) => {
    const next = new URLSearchParams(parametersNow())
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === '') next.delete(name)
      else next.set(name, value)
    }
    const query = next.toString()
    go(query === '' ? pathNow() : `${pathNow()}?${query}`, { replace: true })
  }, [])
  return [parameters, change]
}

/** The page number of a list of which all rows are loaded, kept in the address: for a table's `pagination`. */
export function useAddressPage(): { readonly current: number; readonly onChange: (page: number) => void } {
  const [{ page }, change] = useAddressParameters()
  return {
    current: Math.max(1, Number.parseInt(page ?? '', 10) || 1),
    onChange: (turned) => change({ page: turned === 1 ? undefined : String(turned) }),
  }
}
