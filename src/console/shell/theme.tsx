import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { localValues } from './stored.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

interface Chosen {
  readonly theme: Theme
  /** The present result of `system`. */
  readonly isDark: boolean
  choose(theme: Theme): void
}

const Context = createContext<Chosen | undefined>(undefined)
const key = 'rollcall.theme'
const darkness = matchMedia('(prefers-color-scheme: dark)')

function whenDarknessChanges(tell: () => void): () => void {
  darkness.addEventListener('change', tell)
  return () => darkness.removeEventListener('change', tell)
}

export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const [theme, setTheme] = useState(() => themes.find((it) => it === localValues.read(key)) ?? 'system')
  const systemIsDark = useSyncExternalStore(whenDarknessChanges, () => darkness.matches)
  const isDark = theme === 'dark' || (theme === 'system' && systemIsDark)
  useEffect(() => {
    // For scroll bars and other elements that the browser draws.
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light'
  }, [isDark])
  const choose = (next: Theme) => {
    localValues.write(key, next)
    setTheme(next)
  }
  return <Context value={{ theme, isDark, choose }}>{children}</Context>
}

export function useTheme(): Chosen {
  const chosen = useContext(Context)
  if (chosen === undefined) throw new Error('there is no ThemeProvider above')
  return chosen
}
