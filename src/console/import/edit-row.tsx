import { Form, Input, Modal, Typography } from 'antd'
import { useState } from 'react'
import { isLegal } from '../../device-files/columns.ts'
import { type FieldName, fields, parameters } from '../../device-files/fields.ts'
import type { Edit } from '../../device-files/reshape/reshape.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import type { ListedRow } from './messages.ts'
import { texts } from './reshape-texts.ts'

/** Corrects one bad row: what is typed takes the place of its fields, and the file is verified again. */
export function EditRow({
  row,
  save,
  close,
}: {
  readonly row: ListedRow
  readonly save: (edit: Edit) => void
  readonly close: () => void
}) {
  useRestoreFocus()
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const [values, setValues] = useState<{ readonly [F in FieldName]?: string }>({})
  const typed = Object.fromEntries(Object.entries(values).filter(([, text]) => text !== ''))
  const isWrong = (field: FieldName) => (values[field] ?? '') !== '' && !isLegal(field, values[field]!)
  const isReady = Object.keys(typed).length > 0 && !fields.some(isWrong)
  const apply = () => {
    save({ line: row.line, ...(row.sheet !== undefined && { sheet: row.sheet }), values: typed })
    close()
  }
  return (
    <Modal
      open
      title={words.editTitle(count(row.line))}
      okText={words.apply}
      cancelText={words.cancel}
      okButtonProps={{ disabled: !isReady }}
      onOk={apply}
      onCancel={close}
    >
      <Form layout="vertical" component="div">
        {fields.map((field) => (
          <Form.Item
            key={field}
            label={<span className="mono">{parameters[field]}</span>}
            htmlFor={`edit-${field}`}
            {...(isWrong(field) && { validateStatus: 'error' })}
          >
            <Input
              id={`edit-${field}`}
              className="mono"
              autoComplete="off"
              value={values[field] ?? ''}
              onChange={({ target }) => setValues({ ...values, [field]: target.value })}
            />
          </Form.Item>
        ))}
      </Form>
      <Typography.Text type="secondary">{words.editMeans}</Typography.Text>
    </Modal>
  )
}
