import {
  LogoutOutlined,
  MenuOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
  UserOutlined,
} from '@ant-design/icons'
import {
  Button,
  Drawer,
  Dropdown,
  Grid,
  Layout,
  Menu,
  Modal,
  Result,
  Spin,
  Tag,
  Typography,
  theme as themes,
} from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { ErrorBoundary } from 'react-error-boundary'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { BrokenPage } from './broken-page.tsx'
import { Choices } from './choices.tsx'
import { texts } from './frame-texts.ts'
import { help } from './help.ts'
import { JobsButton } from './jobs-button.tsx'
import { useTexts } from './language.tsx'
import { Mark } from './mark.tsx'
import { type PageName, pageNames, pages } from './pages.tsx'
import { useSession } from './session.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { TitleContext } from './title.ts'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

/** The frame of every page: menu, user, switches. */
export function Frame() {
  const words = useTexts(texts)
  const chapters = useTexts(help)
  const [location] = useLocation()
  const { token } = themes.useToken()
  const isWide = Grid.useBreakpoint().lg ?? true
  const [isMenuOpen, setMenuOpen] = useState(false)
  const current = pageNames.find((name) => location === `/${name}` || location.startsWith(`/${name}/`))
  const [named, setNamed] = useState<string>()
  const [isSearching, setSearching] = useState(false)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setSearching(true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  useEffect(() => {
    document.title = [named ?? (current && words.pages[current]), 'Rollcall'].filter(Boolean).join(' · ')
  }, [named, current, words])
  // An open dialog belongs to the page that the user leaves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is left when the location changes.
  useEffect(() => () => Modal.destroyAll(), [location])
  const menu = (
    <Menu
      mode="inline"
      aria-label={words.menu}
      style={{ borderInlineEnd: 'none' }}
      selectedKeys={current === undefined ? [] : [current]}
      onClick={() => setMenuOpen(false)}
      items={pageNames.map((name) => ({
        key: name,
        icon: pages[name].icon,
        label: <Link href={`/${name}`}>{words.pages[name]}</Link>,
      }))}
    />
  )
  return (
    <Layout style={{ minHeight: '100%' }}>
      <button
        type="button"
        className="unseen skip"
        onClick={() => document.getElementById('content')?.focus()}
      >
        {words.toContent}
      </button>
      {isWide && (
        <Layout.Sider
          theme="light"
          width={224}
          style={{
            borderInlineEnd: `1px solid ${token.colorBorderSecondary}`,
            position: 'sticky',
            top: 0,
            height: '100vh',
          }}
        >
          <div style={{ padding: '16px 24px 12px' }}>
            <Mark />
          </div>
          <nav aria-label={words.menu}>{menu}</nav>
        </Layout.Sider>
      )}
      <Layout>
        <Layout.Header
          style={{
            position: 'sticky',
            top: 0,
            zIndex: 10,
            display: 'flex',
            alignItems: 'center',
            gap: 4,
            height: 56,
            lineHeight: 'normal',
            padding: isWide ? '0 24px' : '0 12px',
            background: token.colorBgContainer,
            borderBottom: `1px solid ${token.colorBorderSecondary}`,
          }}
        >
          {!isWide && (
            <>
              <Button
                type="text"
                icon={<MenuOutlined />}
                aria-label={words.menu}
                onClick={() => setMenuOpen(true)}
              />
              <Mark bare />
              <Drawer
                open={isMenuOpen}
                onClose={() => setMenuOpen(false)}
                placement="left"
                size={256}
                title={<Mark />}
                styles={{ body: { padding: 0 } }}
              >
                <nav aria-label={words.menu}>{menu}</nav>
              </Drawer>
            </>
          )}
          <Typography.Title
            level={1}
            ellipsis
            style={{ flex: 1, fontSize: 18, margin: '0 8px', minWidth: 0 }}
          >
            {current && words.pages[current]}
          </Typography.Title>
          <Button
            type="text"
            icon={<SearchOutlined />}
            aria-label={words.goTo}
            aria-keyshortcuts="Control+K Meta+K"
            title={`${words.goTo} (Ctrl+K)`}
            onClick={() => setSearching(true)}
          />
          <JobsButton />
          <Button
            type="text"
            icon={<QuestionCircleOutlined />}
            href={`/console/docs/${chapters[current ?? 'overview']}`}
            target="_blank"
            aria-label={words.help}
            title={words.help}
          />
          <Choices />
          <Caller />
        </Layout.Header>
        <Shortcuts />
        {isSearching && (
          <Suspense>
            <Palette close={() => setSearching(false)} />
          </Suspense>
        )}
        <Layout.Content
          id="content"
          tabIndex={-1}
          role="main"
          style={{ padding: isWide ? 24 : 12, outline: 'none', minWidth: 0 }}
        >
          <TitleContext value={setNamed}>
            <Suspense fallback={<Spin style={{ display: 'block', margin: '20vh auto' }} />}>
              <Switch>
                {pageNames.map((name) => (
                  <Route key={name} path={`/${name}`} nest>
                    <Inside name={name} />
                  </Route>
                ))}
                <Route path="/">
                  <Redirect to="/overview" replace />
                </Route>
                <Route>
                  <Result
                    status="404"
                    title={words.nowhere}
                    extra={<Link href="/overview">{words.home}</Link>}
                  />
                </Route>
              </Switch>
            </Suspense>
          </TitleContext>
        </Layout.Content>
      </Layout>
    </Layout>
  )
}

function Inside({ name }: { readonly name: PageName }) {
  const [tries, setTries] = useState(0)
  const { Page } = pages[name]
  return (
    <ErrorBoundary
      key={`${name} ${tries}`}
      onError={() => pages[name].renew()}
      fallbackRender={({ error }) => <BrokenPage error={error} again={() => setTries(tries + 1)} />}
    >
      <Page />
    </ErrorBoundary>
  )
}

/** Shows the signed-in user and their permissions. */
function Caller() {
  const words = useTexts(texts)
  const { identity, signOut } = useSession()
  const { AccountId, AccountName, UserName, AllowedActions } = identity
  const who =
    UserName === undefined ? words.account(AccountName, AccountId) : words.ramUser(UserName, AccountName)
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items: [{ key: 'out', icon: <LogoutOutlined />, label: words.signOut, onClick: signOut }] }}
      popupRender={(items) => (
        <div style={{ maxWidth: 'min(320px, 90vw)' }}>
          <Card>
            <Typography.Paragraph strong style={{ marginBottom: 4 }}>
              {who}
            </Typography.Paragraph>
            <Typography.Text type="secondary">
              {AllowedActions === undefined ? words.mayAll : words.limited(AllowedActions.Action.length)}
            </Typography.Text>
            <div>
              {AllowedActions?.Action.map((pattern) => (
                <Tag key={pattern} className="mono" style={{ marginBlockStart: 6 }}>
                  {pattern}
                </Tag>
              ))}
            </div>
          </Card>
          {items}
        </div>
      )}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={who} title={who}>
        <CallerName name={UserName ?? AccountName} />
      </Button>
    </Dropdown>
  )
}

function CallerName({ name }: { readonly name: string }) {
  const isWide = Grid.useBreakpoint().sm ?? true
  return isWide ? (
    <span style={{ maxWidth: 160, overflow: 'hidden', textOverflow: 'ellipsis' }}>{name}</span>
  ) : null
}

function Card({ children }: { readonly children: React.ReactNode }) {
  const { token } = themes.useToken()
  return (
    <div
      style={{
        padding: 16,
        marginBottom: 4,
        background: token.colorBgElevated,
        borderRadius: token.borderRadiusLG,
        boxShadow: token.boxShadowSecondary,
      }}
    >
      {children}
    </div>
  )
}
