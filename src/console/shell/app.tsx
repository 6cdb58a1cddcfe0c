import { lazy, Suspense, useState } from 'react'
import { LanguageProvider } from './language.tsx'
import type { Caller } from './session.tsx'
import { SignIn } from './sign-in.tsx'
import { ThemeProvider } from './theme.tsx'

const SignedIn = lazy(async () => ({ default: (await import('./signed-in.tsx')).SignedIn }))

export function App() {
  return (
    <LanguageProvider>
      <ThemeProvider>
        <Entrance />
      </ThemeProvider>
    </LanguageProvider>
  )
}

/** The sign-in page, and the console once a user has signed in. */
function Entrance() {
  const [caller, setCaller] = useState<Caller>()
  if (caller === undefined) return <SignIn enter={setCaller} />
  return (
    <Suspense>
      <SignedIn caller={caller} leave={() => setCaller(undefined)} />
    </Suspense>
  )
}
