import { Switch, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useNumberFormat } from '../shell/number-format.ts'
import { WideTable } from '../shell/wide-table.tsx'
import type { ListedRow, Preview } from './messages.ts'
import { fieldsOf } from './model.ts'
import { isOfOtherShape, useReasonText } from './reason-texts.ts'
import { masked } from './secrets.ts'
import { useWords } from './texts.ts'

/**
 * The first rows as read, with their faults as far as the file shows. Cells beyond the columns are displayed
 * too.
 */
export function PreviewTable({ preview }: { readonly preview: Preview }) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  const said = useReasonText()
  const [showsSecrets, setShowsSecrets] = useState(false)
  const { columns, rows, places, mayBeDevice } = preview
  if (rows.length === 0) return null
  // Without columns for name and secret, rows are not validated.
  const isJudged = places.name >= 0 && places.secret >= 0
  const verdict = {
    key: 'verdict',
    title: words.whatIsWrong,
    render: (_: unknown, { reasons }: ListedRow) =>
      reasons.length === 0 ? (
        <Typography.Text type="secondary">{words.nothing}</Typography.Text>
      ) : (
        <Typography.Text type="danger">{reasons.map((reason) => said(reason)).join(' · ')}</Typography.Text>
      ),
  }
  // In a row with a wrong number of cells, any cell may be the secret.
  const isMasked = (row: ListedRow, place: number) =>
    !showsSecrets && (place === places.secret || isOfOtherShape(row))
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), columns.length)
  return (
    <div>
      <div style={{ display: 'flex', gap: 12, alignItems: 'center', marginBottom: 6, flexWrap: 'wrap' }}>
        <Typography.Text type="secondary" style={{ flex: 1 }}>
          {preview.hasMore ? words.firstRows(rows.length) : words.allRows(rows.length)}
        </Typography.Text>
        {(places.secret >= 0 || mayBeDevice) && <ShowSecrets shows={showsSecrets} change={setShowsSecrets} />}
      </div>
      <WideTable<ListedRow>
        size="small"
        bordered
        pagination={false}
        rowKey={({ sheet = '', line }) => `${line} ${sheet}`}
        aria-label={words.preview}
        style={{ whiteSpace: 'nowrap' }}
        dataSource={[...rows]}
        columns={[
          {
            title: words.line,
            width: 70,
            render: (_, { line, sheet }) =>
              sheet === undefined ? numberFormat.count(line) : `${sheet} ${numberFormat.count(line)}`,
          },
          ...Array.from({ length: width }, (_, i) => ({
            key: String(i),
            title: <ColumnName preview={preview} place={i} isMasked={mayBeDevice && !showsSecrets} />,
            render: (_: unknown, row: ListedRow) => {
              const text = row.cells[i] ?? ''
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
                  {isMasked(row, i) ? masked(text) : text}
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

function ColumnName({
  preview,
  place,
  isMasked,
}: {
  readonly preview: Preview
  readonly place: number
  /** True if the name may be a cell of a device. */
  readonly isMasked: boolean
}) {
  const words = useWords()
  const { columns } = preview
  const field = fieldsOf(preview)[place]
  const name = columns[place]
  if (name === undefined)
    return <Typography.Text type="danger">{words.surplus(place - columns.length + 1)}</Typography.Text>
  return (
    <span>
      {name === '' || isMasked ? words.unnamed(place + 1) : name}{' '}
      {field !== undefined && (
        <Tag color="blue" style={{ marginInlineStart: 4 }}>
          {words.fieldNames[field]}
        </Tag>
      )}
    </span>
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
