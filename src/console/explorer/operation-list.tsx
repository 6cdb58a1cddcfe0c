import { LockOutlined, SearchOutlined } from '@ant-design/icons'
import { Input, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Operation } from '../../client/operations.ts'
import { useClearButton } from '../shell/clear.tsx'
import { useTexts } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { listed } from './families.ts'
import { texts } from './texts.ts'

/** All operations by family, with a search. */
export function OperationList({
  operations,
  current,
}: {
  readonly operations: readonly Operation[]
  readonly current: string
}) {
  const words = useTexts(texts)
  const { may } = useSession()
  const clear = useClearButton()
  const [search, setSearch] = useState('')
  const found = listed(operations, search)
  return (
    <nav
      aria-label={words.operations}
      style={{
        position: 'sticky',
        top: 80,
        maxHeight: 'calc(100vh - 104px)',
        display: 'flex',
        flexDirection: 'column',
      }}
    >
      <Input
        allowClear={clear}
        prefix={<SearchOutlined />}
        aria-label={words.search}
        placeholder={words.search}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <div style={{ overflow: 'auto', marginTop: 12 }} tabIndex={0}>
        {found.length === 0 && <Typography.Text type="secondary">{words.noneFound}</Typography.Text>}
        {found.map(({ family, operations }) => (
          <section key={family} aria-label={words.families[family]} style={{ marginBottom: 12 }}>
            <Typography.Text type="secondary" strong style={{ fontSize: 13, paddingInlineStart: 10 }}>
              {words.families[family]}
            </Typography.Text>
            <ul style={{ listStyle: 'none', margin: '4px 0 0', padding: 0 }}>
              {operations.map(({ name, summary }) => (
                <li key={name}>
                  <Link
                    href={`/${name}`}
                    className="operation-link"
                    title={may(name) ? summary : `${words.notAllowed} ${summary}`}
                    {...(name === current && { 'aria-current': 'page' })}
                  >
                    {name}
                    {!may(name) && (
                      <LockOutlined aria-label={words.locked} style={{ marginInlineStart: 6 }} />
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  )
}
