import { AutoComplete, Input, Select, Typography } from 'antd'
import { useId } from 'react'
import { useClearButton } from '../shell/clear.tsx'
import { useTexts } from '../shell/language.tsx'
import { FieldTitle } from './field-title.tsx'
import type { FormField } from './form-model.ts'
import { brokenLimit } from './limits.ts'
import { texts } from './texts.ts'

/** A suggested value and its label. */
export interface Suggestion {
  readonly value: string
  readonly label: string
}

/** A parameter with one value. */
export function SingleField(props: {
  readonly field: FormField & { readonly kind: 'single' }
  readonly value: string
  /** Suggested values; empty while loading, undefined for a field without suggestions. */
  readonly suggestions: readonly Suggestion[] | undefined
  readonly change: (value: string) => void
}) {
  const { field, value, suggestions, change } = props
  const { name, type, required, doc, min, max, default: usual } = field.field
  const words = useTexts(texts)
  const clear = useClearButton()
  const id = useId()
  const values = type === 'Boolean' ? ['true', 'false'] : field.field.values
  const isLimited = min !== undefined || max !== undefined
  const hint = [isLimited && words.limits(min, max), usual !== undefined && words.usual(usual)].filter(
    Boolean,
  )
  const broken = brokenLimit(field.field, value)
  const complaint =
    broken &&
    {
      wholeNumber: words.wholeNumber,
      limits: words.limits(min, max),
      oneOf: words.oneOf(values?.join(', ') ?? ''),
      tooLong: words.tooLong(field.field.maxLength ?? 0),
    }[broken]
  const shared = {
    ...(complaint !== undefined && { status: 'error' as const }),
    id,
    'aria-describedby': `${id}-doc`,
    style: { width: '100%' },
  }
  return (
    <div>
      <label htmlFor={id} style={{ display: 'block', marginBottom: 4 }}>
        <FieldTitle name={name} type={type} isRequired={required} />
      </label>
      {values !== undefined ? (
        <Select
          {...shared}
          allowClear={clear}
          showSearch
          value={value === '' ? undefined : value}
          options={values.map((value) => ({ value, label: value }))}
          onChange={(value?: string) => change(value ?? '')}
        />
      ) : suggestions !== undefined ? (
        // Used from the start: replacing the field when suggestions arrive would lose typed text.
        <AutoComplete
          {...shared}
          className="mono"
          allowClear={clear}
          value={value}
          options={suggestions.map(({ value, label }) => ({ value, label }))}
          onChange={(value?: string) => change(value ?? '')}
        />
      ) : (
        <Input
          {...shared}
          classNames={{ input: 'mono' }}
          allowClear={clear}
          value={value}
          spellCheck={false}
          autoComplete="off"
          inputMode={type === 'Integer' ? 'numeric' : 'text'}
          onChange={(event) => change(event.target.value)}
        />
      )}
      {complaint !== undefined && (
        <Typography.Text type="danger" role="alert" style={{ display: 'block' }}>
          {complaint}
        </Typography.Text>
      )}
      <Typography.Text
        id={`${id}-doc`}
        type="secondary"
        style={{ display: 'block', fontSize: 13, marginTop: 2 }}
      >
        {[doc, ...hint].join(' ')}
      </Typography.Text>
    </div>
  )
}
