import { SearchOutlined } from '@ant-design/icons'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider, theme as themes } from 'antd'
import english from 'antd/locale/en_US'
import chinese from 'antd/locale/zh_CN'
import { type ReactNode, useState } from 'react'
import { Router } from 'wouter'
import { Unreachable } from '../../client/outcome.ts'
import { useHashPath } from './address.ts'
import { unreachableEveryMs } from './connection.ts'
import { Frame } from './frame.tsx'
import { texts } from './frame-texts.ts'
import { JobsProvider } from './jobs-context.tsx'
import { useLanguage, useTexts } from './language.tsx'
import { nonce } from './nonce.ts'
import { type Caller, PermissionsProvider, SessionProvider } from './session.tsx'
import { useTheme } from './theme.tsx'

/** The console behind the sign-in page. It is a bundle of its own, so that the sign-in page is usable early. */
export function SignedIn({ caller, leave }: { readonly caller: Caller; readonly leave: () => void }) {
  return (
    <ThemeRoot>
      <SessionProvider caller={caller} leave={leave}>
        <QueryRoot>
          <PermissionsProvider>
            <JobsProvider>
              <Router hook={useHashPath}>
                <Frame />
              </Router>
            </JobsProvider>
          </PermissionsProvider>
        </QueryRoot>
      </SessionProvider>
    </ThemeRoot>
  )
}

/** The lighter texts are darker than Ant Design's, which fall short of a contrast of 4.5 on grey. */
const light = {
  colorPrimary: '#1668dc',
  colorError: '#cf1322',
  colorLink: '#0958d9',
  colorTextSecondary: 'rgba(0, 0, 0, 0.65)',
  colorTextTertiary: 'rgba(0, 0, 0, 0.6)',
  colorTextDescription: 'rgba(0, 0, 0, 0.6)',
  colorTextPlaceholder: 'rgba(0, 0, 0, 0.55)',
}
const dark = {
  colorPrimary: '#1668dc',
  colorError: '#ff7875',
  colorLink: '#7ab8f8',
  colorTextSecondary: 'rgba(255, 255, 255, 0.7)',
  colorTextTertiary: 'rgba(255, 255, 255, 0.62)',
  colorTextDescription: 'rgba(255, 255, 255, 0.62)',
  colorTextPlaceholder: 'rgba(255, 255, 255, 0.55)',
}

/** For who has asked the system for less of it. */
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches

const locales = { en: english, zh: chinese }

function ThemeRoot({ children }: { readonly children: ReactNode }) {
  const words = useTexts(texts)
  const { language } = useLanguage()
  const { isDark } = useTheme()
  return (
    <ConfigProvider
      locale={locales[language]}
      csp={{ nonce }}
      theme={{
        algorithm: isDark ? themes.darkAlgorithm : themes.defaultAlgorithm,
        token: { ...(isDark ? dark : light), motion: !reducedMotion },
        components: {
          Menu: { itemBg: 'transparent', ...(isDark && { itemSelectedColor: '#8dc5f8' }) },
          // White letters fall short of a contrast of 4.5 on Ant Design's own red, red and blue ones on its dark grey.
          Button: isDark
            ? { dangerColor: '#141414' }
            : { colorError: '#cf1322', colorErrorHover: '#a8071a', colorErrorActive: '#820014' },
          Tabs: isDark
            ? { itemSelectedColor: '#65a9f3', itemHoverColor: '#8dc5f8', itemActiveColor: '#65a9f3' }
            : {},
          // The chosen ones of several are to be read after an import, too.
          Select: { colorTextDisabled: isDark ? dark.colorTextTertiary : light.colorTextTertiary },
          Tag: isDark ? {} : { colorSuccess: '#237804', colorWarning: '#ad4e00' },
          // The text of an empty table has the colour of disabled elements.
          Table: isDark
            ? { rowSelectedHoverBg: '#152d50', colorTextDisabled: dark.colorTextTertiary }
            : { colorTextDisabled: light.colorTextTertiary },
        },
      }}
      // The wave of a click; it ignores `motion`.
      wave={{ disabled: reducedMotion }}
      button={{ autoInsertSpace: false }}
      inputSearch={{ searchIcon: <SearchOutlined aria-label={words.search} /> }}
    >
      <AntApp style={{ height: '100%' }}>{children}</AntApp>
    </ConfigProvider>
  )
}

/** The cache of queries lives as long as the session. */
function QueryRoot({ children }: { readonly children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        // The client itself repeats what may be repeated.
        defaultOptions: {
          queries: {
            retry: false,
            staleTime: 2000,
            networkMode: 'always',
            // A page recovers by itself once the server is back.
            refetchInterval: ({ state }) => state.error instanceof Unreachable && unreachableEveryMs,
          },
          mutations: { networkMode: 'always' },
        },
      }),
  )
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}
