import { useVirtualizer } from '@tanstack/react-virtual'
import { Button, Typography, theme as themes } from 'antd'
import { type CSSProperties, type ReactNode, useRef } from 'react'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import type { ListedRow } from './messages.ts'
import { isOfOtherShape, useReasonText } from './reason-texts.ts'
import { texts } from './reshape-texts.ts'
import { useRowWindow } from './row-window.ts'
import { masked } from './secrets.ts'
import { useWords } from './texts.ts'

/** Minimum height; several reasons or cells with line breaks take several lines. */
const rowHeight = 33
const lineWidth = 88
const reasonWidth = 420
/** Minimum width; cells share the remaining space. */
const cellWidth = 150
/** Browsers clip elements taller than about 17 million pixels; this leaves room for rows of several lines. */
const listedMax = 400_000

/**
 * Displays any number of bad rows; loads and renders only visible ones.
 * @param count number of listed rows
 * @param version changes when the rows at given indexes change
 */
export function BadRowsTable({
  columns,
  hasSurplus,
  secret,
  count,
  version,
  rows,
  showsSecrets,
  correct,
}: {
  readonly columns: readonly string[]
  /** True if rows may have cells beyond the columns. */
  readonly hasSurplus: boolean
  /** Index of the secret's column; -1 for none. */
  readonly secret: number
  readonly count: number
  readonly version: number
  readonly rows: (from: number, count: number) => Promise<readonly ListedRow[]>
  readonly showsSecrets: boolean
  /** Corrects a row; undefined if rows can't be corrected any more. */
  readonly correct: ((row: ListedRow) => void) | undefined
}) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  const { token } = themes.useToken()
  const scroller = useRef<HTMLDivElement>(null)
  const listed = Math.min(count, listedMax)
  const virtual = useVirtualizer({
    count: listed,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const rowAt = useRowWindow(rows, version, listed, items[0]?.index ?? 0, items.at(-1)?.index ?? -1)
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <>
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        tabIndex={0}
        aria-label={words.badRows}
        style={{
          height: Math.min(420, virtual.getTotalSize() + rowHeight + 18),
          overflow: 'auto',
          border: `1px solid ${token.colorBorderSecondary}`,
          borderRadius: token.borderRadius,
        }}
      >
        <table
          aria-label={words.badRows}
          aria-rowcount={count + 1}
          style={{
            tableLayout: 'fixed',
            borderCollapse: 'separate',
            borderSpacing: 0,
            minWidth: '100%',
            width: lineWidth + reasonWidth + cellWidth * (columns.length + (hasSurplus ? 1 : 0)),
          }}
        >
          <colgroup>
            <col style={{ width: lineWidth }} />
            <col style={{ width: reasonWidth }} />
            <col span={columns.length + (hasSurplus ? 1 : 0)} />
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              <Heading>{words.line}</Heading>
              <Heading>{words.whatIsWrong}</Heading>
              {columns.map((name, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns may have the same name, and stay at their places.
                <Heading key={i}>{name === '' ? words.unnamed(i + 1) : name}</Heading>
              ))}
              {hasSurplus && <Heading>{words.surplusCells}</Heading>}
            </tr>
          </thead>
          <tbody>
            <Gap height={before} />
            {items.map(({ index }) => {
              const row = rowAt(index)
              return (
                <tr
                  key={index}
                  ref={virtual.measureElement}
                  data-index={index}
                  aria-rowindex={index + 2}
                  style={{ height: rowHeight }}
                >
                  {row !== undefined && (
                    <RowCells
                      row={row}
                      columns={columns.length}
                      hasSurplus={hasSurplus}
                      secret={showsSecrets ? -1 : secret}
                      correct={correct}
                    />
                  )}
                </tr>
              )
            })}
            <Gap height={after} />
          </tbody>
        </table>
      </section>
      {count > listedMax && (
        <Typography.Text type="secondary">{words.listedFirst(numberFormat.count(listedMax))}</Typography.Text>
      )}
    </>
  )
}

/** Space for rows that are not rendered. */
const Gap = ({ height }: { readonly height: number }) =>
  height > 0 && (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  )

function RowCells({
  row,
  columns,
  hasSurplus,
  secret,
  correct,
}: {
  readonly correct: ((row: ListedRow) => void) | undefined
  readonly row: ListedRow
  readonly columns: number
  readonly hasSurplus: boolean
  readonly secret: number
}) {
  const numberFormat = useNumberFormat()
  const said = useReasonText()
  const reasons = row.reasons.map((reason) => said(reason)).join(' · ')
  // In a row with a wrong number of cells, any cell may be the secret.
  const isMasked = (place: number) => secret >= 0 && (place === secret || isOfOtherShape(row))
  return (
    <>
      <Cell>
        {row.sheet === undefined
          ? numberFormat.count(row.line)
          : `${row.sheet} ${numberFormat.count(row.line)}`}
      </Cell>
      <Cell wraps {...(correct !== undefined && { action: <CorrectButton row={row} correct={correct} /> })}>
        {reasons}
      </Cell>
      {Array.from({ length: columns }, (_, i) => {
        const text = row.cells[i] ?? ''
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place.
          <Cell key={i} mono>
            {isMasked(i) ? masked(text) : text}
          </Cell>
        )
      })}
      {hasSurplus && (
        <Cell mono>
          {row.cells
            .slice(columns)
            .map((text) => (secret >= 0 ? masked(text) : text))
            .join(' | ')}
        </Cell>
      )}
    </>
  )
}

function CorrectButton({
  row,
  correct,
}: {
  readonly row: ListedRow
  readonly correct: (row: ListedRow) => void
}) {
  const words = useTexts(texts)
  return (
    <Button
      type="link"
      size="small"
      aria-label={words.editTitle(String(row.line))}
      onClick={() => correct(row)}
    >
      {words.edit}
    </Button>
  )
}

const cellStyle: CSSProperties = {
  height: rowHeight,
  boxSizing: 'border-box',
  padding: '0 10px',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'pre',
  fontSize: 13,
  textAlign: 'start',
}

function Heading({ children }: { readonly children: string }) {
  const { token } = themes.useToken()
  return (
    <th
      scope="col"
      title={children}
      style={{
        ...cellStyle,
        position: 'sticky',
        top: 0,
        background: token.colorBgContainer,
        borderBottom: `1px solid ${token.colorBorder}`,
      }}
    >
      {children}
    </th>
  )
}

function Cell({
  mono = false,
  wraps = false,
  action,
  children,
}: {
  readonly action?: ReactNode
  readonly mono?: boolean
  /** True to wrap the text instead of truncating it. */
  readonly wraps?: boolean
  readonly children: string
}) {
  const { token } = themes.useToken()
  return (
    <td
      title={children}
      className={mono ? 'mono' : undefined}
      style={{
        ...cellStyle,
        borderBottom: `1px solid ${token.colorBorderSecondary}`,
        ...(wraps && { whiteSpace: 'normal', padding: '5px 10px' }),
      }}
    >
      {children}
      {action}
    </td>
  )
}
