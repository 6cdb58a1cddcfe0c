import { Switch, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useFigures } from '../shell/figures.ts'
import { WideTable } from '../shell/wide-table.tsx'
import type { ListedRow, Preview } from './messages.ts'
import { fieldsOf } from './model.ts'
import { useSaid } from './reason-texts.ts'
import { masked } from './secrets.ts'
import { useWords } from './texts.ts'

/** The first rows of a file as they were read, with what is wrong with them as far as they tell by themselves. */
export function PreviewTable({ preview }: { readonly preview: Preview }) {
  const words = useWords()
  const figures = useFigures()
  const said = useSaid()
  const [showsSecrets, setShowsSecrets] = useState(false)
  const fields = fieldsOf(preview)
  const { columns, rows, places } = preview
  if (rows.length === 0) return null
  // Without a name and a secret there is nothing to judge.
  const isJudged = places.name >= 0 && places.secret >= 0
  const verdict = {
    key: 'verdict',
    title: words.whatIsWrong,
    render: (_: unknown, { codes }: ListedRow) =>
      codes.length === 0 ? (
        <Typography.Text type="secondary">{words.nothing}</Typography.Text>
      ) : (
        <Typography.Text type="danger">{codes.map((code) => said(code)).join(' ')}</Typography.Text>
      ),
  }
  return (
    <div>
      <div style={{ display: 'flex', gap: 12, alignItems: 'center', marginBottom: 6, flexWrap: 'wrap' }}>
        <Typography.Text type="secondary" style={{ flex: 1 }}>
          {preview.hasMore ? words.firstRows(rows.length) : words.allRows(rows.length)}
        </Typography.Text>
        {places.secret >= 0 && <ShowSecrets shows={showsSecrets} change={setShowsSecrets} />}
      </div>
      <WideTable<ListedRow>
        size="small"
        bordered
        pagination={false}
        rowKey="line"
        aria-label={words.preview}
        style={{ whiteSpace: 'nowrap' }}
        dataSource={[...rows]}
        columns={[
          { title: words.line, width: 70, render: (_, { line }) => figures.count(line) },
          ...columns.map((name, i) => ({
            key: String(i),
            title: (
              <span>
                {name === '' ? words.unnamed(i + 1) : name}{' '}
                {fields[i] !== undefined && (
                  <Tag color="blue" style={{ marginInlineStart: 4 }}>
                    {words.fieldNames[fields[i]]}
                  </Tag>
                )}
              </span>
            ),
            render: (_: unknown, { cells }: ListedRow) => {
              const text = cells[i] ?? ''
              return (
                <span
                  className="mono"
                  style={{
                    display: 'block',
                    maxWidth: 320,
                    overflow: 'hidden',
                    textOverflow: 'ellipsis',
                    whiteSpace: 'pre',
                  }}
                >
                  {i === places.secret && !showsSecrets ? masked(text) : text}
                </span>
              )
            },
          })),
          ...(isJudged ? [verdict] : []),
        ]}
      />
    </div>
  )
}

export function ShowSecrets({
  shows,
  change,
}: {
  readonly shows: boolean
  readonly change: (shows: boolean) => void
}) {
  const words = useWords()
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch is a button, which a label may be of.
    <label style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
      <Switch size="small" checked={shows} onChange={change} aria-label={words.showSecrets} />
      {words.showSecrets}
    </label>
  )
}
