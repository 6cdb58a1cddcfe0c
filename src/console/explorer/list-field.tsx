import { PlusOutlined, SnippetsOutlined } from '@ant-design/icons'
import { Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { useTexts } from '../shell/language.tsx'
import { FieldTitle } from './field-title.tsx'
import { type FormField, isRequired, type Row } from './form-model.ts'
import { Grid } from './grid.tsx'
import { PasteDialog } from './paste-dialog.tsx'
import { texts } from './texts.ts'

/** A list in a form: its rows, and ways to enter many. */
export function ListField(props: {
  readonly field: FormField & { readonly kind: 'list' }
  readonly rows: readonly Row[]
  readonly change: (rows: readonly Row[]) => void
}) {
  const { field, rows, change } = props
  const { name, columns, maxEntries, overflow } = field
  const words = useTexts(texts)
  const [isPasting, setPasting] = useState(false)
  return (
    <section aria-label={name}>
      <Flex wrap justify="space-between" align="center" gap={8} style={{ marginBottom: 6 }}>
        <span>
          <FieldTitle name={name} type="List" isRequired={isRequired(field)} />
          <Typography.Text
            type={rows.length > maxEntries ? 'danger' : 'secondary'}
            style={{ marginInlineStart: 8 }}
          >
            {rows.length > maxEntries
              ? words.tooMany(maxEntries, overflow === 'discard')
              : words.entries(rows.length, maxEntries)}
          </Typography.Text>
        </span>
        <Flex gap={8} wrap>
          <Button size="small" icon={<SnippetsOutlined />} onClick={() => setPasting(true)}>
            {words.paste}
          </Button>
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => change([...rows, columns.map(() => '')])}
          >
            {words.addRow}
          </Button>
        </Flex>
      </Flex>
      {rows.length > 0 && <Grid name={name} columns={columns} rows={rows} change={change} />}
      <ul style={{ margin: '6px 0 0', paddingInlineStart: 18 }}>
        {columns.map(({ member, field: { doc } }) => (
          <li key={member}>
            <Typography.Text type="secondary" style={{ fontSize: 13 }}>
              {member !== '' && <span className="mono">{member}: </span>}
              {doc}
            </Typography.Text>
          </li>
        ))}
      </ul>
      <PasteDialog
        name={name}
        columns={columns}
        isOpen={isPasting}
        close={() => setPasting(false)}
        take={(pasted, replace) => change(replace ? pasted : [...rows, ...pasted])}
      />
    </section>
  )
}
