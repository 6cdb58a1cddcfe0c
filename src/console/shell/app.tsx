import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider, theme as themes } from 'antd'
import english from 'antd/locale/en_US'
import chinese from 'antd/locale/zh_CN'
import { type ReactNode, useState } from 'react'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { Frame } from './frame.tsx'
import { LanguageProvider, useLanguage } from './language.tsx'
import { nonce } from './nonce.ts'
import { SessionProvider } from './session.tsx'
import { SignIn } from './sign-in.tsx'
import { ThemeProvider, useTheme } from './theme.tsx'

export function App() {
  return (
    <LanguageProvider>
      <ThemeProvider>
        <Dressed>
          <SessionProvider entrance={(enter) => <SignIn enter={enter} />}>
            <Asking>
              <Router hook={useHashLocation}>
                <Frame />
              </Router>
            </Asking>
          </SessionProvider>
        </Dressed>
      </ThemeProvider>
    </LanguageProvider>
  )
}

const calm = matchMedia('(prefers-reduced-motion: reduce)').matches

const locales = { en: english, zh: chinese }

function Dressed({ children }: { readonly children: ReactNode }) {
  const { language } = useLanguage()
  const { isDark } = useTheme()
  return (
    <ConfigProvider
      locale={locales[language]}
      csp={{ nonce }}
      theme={{
        algorithm: isDark ? themes.darkAlgorithm : themes.defaultAlgorithm,
        token: {
          colorPrimary: '#1668dc',
          colorLink: isDark ? '#65a9f3' : '#0958d9',
          colorInfo: '#1668dc',
          motion: !calm,
        },
      }}
      button={{ autoInsertSpace: false }}
    >
      <AntApp style={{ height: '100%' }}>{children}</AntApp>
    </ConfigProvider>
  )
}

/** What was asked is remembered for as long as somebody is signed in. */
function Asking({ children }: { readonly children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        // The client itself repeats what may be repeated.
        defaultOptions: {
          queries: { retry: false, staleTime: 2000, networkMode: 'always' },
          mutations: { networkMode: 'always' },
        },
      }),
  )
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}
