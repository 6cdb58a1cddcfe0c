import { Form, Input, Modal, Typography } from 'antd'
import { useState } from 'react'
import { isLegal } from '../../device-files/columns.ts'
import { type FieldName, fields, parameters } from '../../device-files/fields.ts'
import type { Edit, Reshape } from '../../device-files/reshape/reshape.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import type { ListedRow, Preview } from './messages.ts'
import { isOfOtherShape, useReasonText } from './reason-texts.ts'
import { texts } from './reshape-texts.ts'

type Values = { readonly [F in FieldName]?: string }

/** The row's present name and serial number, except those that a recipe makes; never its secret. */
function valuesOf(row: ListedRow, { places }: Preview, { set = {} }: Reshape): Values {
  if (isOfOtherShape(row)) return {}
  return Object.fromEntries(
    (['name', 'sn'] as const).flatMap((field) => {
      const text = row.cells[places[field]]
      return text === undefined || set[field] !== undefined ? [] : [[field, text]]
    }),
  )
}

/** Corrects one bad row: what is typed takes the place of its fields, and the file is verified again. */
export function EditRow({
  row,
  preview,
  reshape = {},
  save,
  close,
}: {
  readonly row: ListedRow
  readonly preview: Preview
  readonly reshape: Reshape | undefined
  readonly save: (edit: Edit) => void
  readonly close: () => void
}) {
  useRestoreFocus()
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const said = useReasonText()
  const edited = reshape.secret === undefined ? fields : fields.filter((field) => field !== 'secret')
  const [before] = useState(() => valuesOf(row, preview, reshape))
  const [values, setValues] = useState<Values>(before)
  const typed = Object.fromEntries(
    Object.entries(values).filter(([field, text]) => text !== '' && text !== before[field as FieldName]),
  )
  const isWrong = (field: FieldName) => (values[field] ?? '') !== '' && !isLegal(field, values[field]!)
  const isReady = Object.keys(typed).length > 0 && !edited.some((field) => field in typed && isWrong(field))
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
      <Typography.Paragraph>{row.reasons.map((reason) => said(reason)).join(' · ')}</Typography.Paragraph>
      <Form layout="vertical" component="div">
        {edited.map((field) => (
          <Form.Item
            key={field}
            label={<span className="mono">{parameters[field]}</span>}
            htmlFor={`edit-${field}`}
            {...(isWrong(field) && { validateStatus: 'error' })}
          >
            <Input
              id={`edit-${field}`}
              aria-invalid={isWrong(field)}
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
