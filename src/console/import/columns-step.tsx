import { Flex, Form, Select, Typography } from 'antd'
import { memo } from 'react'
import { type FieldName, fields } from '../../device-files/fields.ts'
import { chosenWith } from './mapping.ts'
import type { Preview, Reading } from './messages.ts'
import { Step, WaitingStep } from './step.tsx'
import { useWords } from './texts.ts'

/** Assigns columns to the fields of a device. */
export const ColumnsStep = memo(function ColumnsStep({
  preview,
  reading,
  isFixed,
  reread,
}: {
  readonly preview: Preview | undefined
  readonly reading: Reading
  /** While an operation uses them. */
  readonly isFixed: boolean
  readonly reread: (reading: Reading) => void
}) {
  const words = useWords()
  const isDone = preview !== undefined && preview.lacks.length === 0
  return (
    <Step number={3} title={words.steps.columns} isDone={isDone}>
      {preview === undefined ? (
        <WaitingStep>{words.columnsWait}</WaitingStep>
      ) : (
        <Form layout="vertical" component="div" disabled={isFixed}>
          <Flex gap={16} wrap>
            {fields.map((field) => (
              <FieldColumn
                key={field}
                field={field}
                preview={preview}
                change={(place) => reread({ ...reading, map: chosenWith(preview, field, place) })}
              />
            ))}
          </Flex>
        </Form>
      )}
    </Step>
  )
})

function FieldColumn({
  field,
  preview,
  change,
}: {
  readonly field: FieldName
  readonly preview: Preview
  readonly change: (place: number) => void
}) {
  const words = useWords()
  const place = preview.places[field]
  const isMissing = preview.lacks.includes(field)
  const { columns } = preview
  const isNotAlone = (name: string | undefined) =>
    name !== undefined && name !== '' && columns.indexOf(name) !== columns.lastIndexOf(name)
  const taken = fields.filter((other) => other !== field).map((other) => preview.places[other])
  return (
    <Form.Item
      label={
        <>
          <span className="mono">{words.fieldNames[field]}</span>
          <Typography.Text type="secondary" style={{ marginInlineStart: 6, fontSize: 12 }}>
            {words.fieldMeans[field]}
          </Typography.Text>
        </>
      }
      htmlFor={`import-field-${field}`}
      style={{ margin: 0, flex: '1 1 220px', minWidth: 0 }}
      {...(isMissing && { validateStatus: 'error', help: words.mustHave })}
      {...(isNotAlone(columns[place]) && { validateStatus: 'warning', help: words.sameNames(place + 1) })}
    >
      <Select
        id={`import-field-${field}`}
        value={place}
        onChange={change}
        options={[
          { value: -1, label: <Typography.Text type="secondary">{words.noColumn}</Typography.Text> },
          ...columns.map((name, i) => ({
            value: i,
            label:
              name === '' || preview.mayBeDevice
                ? words.unnamed(i + 1)
                : isNotAlone(name)
                  ? `${name} (${words.unnamed(i + 1)})`
                  : name,
            disabled: taken.includes(i),
          })),
        ]}
      />
    </Form.Item>
  )
}
