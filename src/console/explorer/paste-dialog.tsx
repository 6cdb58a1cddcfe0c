import { Alert, Button, Checkbox, Input, Modal, Typography } from 'antd'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import type { Column, Row } from './form-model.ts'
import { readPastedRows } from './pasted-rows.ts'
import { texts } from './texts.ts'

/** Longer texts are not displayed in the field: browsers take seconds to lay out ten thousand lines. */
const fieldMax = 20_000

/** Reads a list from the clipboard, for users without a cell to paste into. */
export function PasteDialog(props: {
  readonly name: string
  readonly columns: readonly Column[]
  readonly isOpen: boolean
  readonly close: () => void
  readonly take: (rows: readonly Row[], replace: boolean) => void
}) {
  const { name, columns, isOpen, close, take } = props
  const words = useTexts(texts)
  const numberFormat = useNumberFormat()
  const [text, setText] = useState('')
  const [replace, setReplace] = useState(true)
  const settled = useDeferredValue(text)
  const { rows, hadHeader } = useMemo(() => readPastedRows(settled, columns), [settled, columns])
  return (
    <Modal
      open={isOpen}
      title={words.pasteTitle(name)}
      onCancel={close}
      cancelText={words.cancel}
      okText={words.pasteInto(rows.length)}
      okButtonProps={{ disabled: rows.length === 0 || settled !== text }}
      onOk={() => {
        take(rows, replace)
        setText('')
        close()
      }}
    >
      <Typography.Paragraph type="secondary">
        {words.pasteHelp(columns.map(({ member }) => (member === '' ? words.value : member)).join(', '))}
      </Typography.Paragraph>
      {text.length > fieldMax ? (
        <Alert
          type="info"
          title={words.pastedMany(numberFormat.count(rows.length))}
          action={
            <Button size="small" onClick={() => setText('')}>
              {words.clear}
            </Button>
          }
        />
      ) : (
        <Input.TextArea
          aria-label={words.pasteTitle(name)}
          className="mono"
          rows={8}
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text/plain')
            if (pasted.length <= fieldMax) return
            event.preventDefault()
            setText(pasted)
          }}
        />
      )}
      <Typography.Paragraph type="secondary" style={{ margin: '8px 0', minHeight: 22 }}>
        {hadHeader && words.pasteHeader}
      </Typography.Paragraph>
      <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
        {words.pasteReplace}
      </Checkbox>
    </Modal>
  )
}
