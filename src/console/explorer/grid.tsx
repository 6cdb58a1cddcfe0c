import { DeleteOutlined } from '@ant-design/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Button, theme as themes } from 'antd'
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react'
import { flushSync } from 'react-dom'
import { useTexts } from '../shell/language.tsx'
import type { Column, Row } from './form-model.ts'
import { isTable, withPasted } from './pasted-rows.ts'
import { texts } from './texts.ts'

const rowHeight = 36

/**
 * Edits the rows of a list in place; renders only visible rows. Pasting several cells fills the rows from the
 * current cell on. Arrow keys and Enter move between rows.
 */
export function Grid(props: {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly change: (rows: readonly Row[]) => void
}) {
  const { name, columns, rows, change } = props
  const words = useTexts(texts)
  const { token } = themes.useToken()
  const box = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const titleOf = ({ member }: Column) => (member === '' ? words.value : member)

  const setCell = (row: number, column: number, value: string) =>
    change(
      rows.map((cells, i) =>
        i === row ? columns.map((_, c) => (c === column ? value : (cells[c] ?? ''))) : cells,
      ),
    )

  function paste(event: ClipboardEvent, row: number, column: number) {
    const text = event.clipboardData.getData('text/plain')
    if (!isTable(text)) return
    event.preventDefault()
    change(withPasted(rows, text, columns, row, column))
  }

  function walk(event: KeyboardEvent, row: number, column: number) {
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key]
    if (step === undefined || event.nativeEvent.isComposing) return
    event.preventDefault()
    const next = row + step
    if (next < 0 || (next >= rows.length && event.key !== 'Enter')) return
    // Synchronously, as the focus below: a scanner types the next value right after its Enter.
    if (next >= rows.length) flushSync(() => change([...rows, columns.map(() => '')]))
    virtualizer.scrollToIndex(next)
    const find = () => box.current?.querySelector<HTMLInputElement>(`[data-cell="${next}.${column}"]`)
    const cell = find()
    if (cell) cell.focus()
    else requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()))
  }

  const seen = virtualizer.getVirtualItems()
  const above = seen[0]?.start ?? 0
  const below = virtualizer.getTotalSize() - (seen.at(-1)?.end ?? 0)
  return (
    <div
      ref={box}
      className="grid-box"
      style={{
        background: token.colorBgContainer,
        border: `1px solid ${token.colorBorder}`,
        borderRadius: token.borderRadius,
      }}
    >
      <table
        aria-label={name}
        aria-rowcount={rows.length + 1}
        style={{ width: '100%', minWidth: 92 + 120 * columns.length }}
      >
        <thead style={{ background: token.colorBgLayout }}>
          <tr>
            <th scope="col" style={{ width: 56 }}>
              #
            </th>
            {columns.map((column) => (
              <th key={column.member} scope="col" className="mono">
                {titleOf(column)}
                {column.field.required && <span aria-hidden="true"> *</span>}
              </th>
            ))}
            <td style={{ width: 36 }} />
          </tr>
        </thead>
        <tbody>
          <Gap height={above} />
          {seen.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height: rowHeight }}>
              <th scope="row" style={{ color: token.colorTextSecondary, fontWeight: 'normal' }}>
                {index + 1}
              </th>
              {columns.map((column, c) => (
                <td key={column.member} style={{ borderColor: token.colorBorderSecondary }}>
                  <input
                    className="mono"
                    data-cell={`${index}.${c}`}
                    aria-label={words.cell(titleOf(column), index + 1)}
                    value={rows[index]?.[c] ?? ''}
                    spellCheck={false}
                    autoComplete="off"
                    style={{ color: token.colorText }}
                    onChange={(event) => setCell(index, c, event.target.value)}
                    onPaste={(event) => paste(event, index, c)}
                    onKeyDown={(event) => walk(event, index, c)}
                  />
                </td>
              ))}
              <td>
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={words.removeRow(index + 1)}
                  title={words.removeRow(index + 1)}
                  onClick={() => change(rows.filter((_, i) => i !== index))}
                />
              </td>
            </tr>
          ))}
          <Gap height={below} />
        </tbody>
      </table>
    </div>
  )
}

/** Space for rows that are out of sight. */
const Gap = ({ height }: { readonly height: number }) =>
  height > 0 ? (
    <tr>
      <td style={{ height, padding: 0 }} />
    </tr>
  ) : null
