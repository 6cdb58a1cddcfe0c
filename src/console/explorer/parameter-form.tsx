import { Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { useTexts } from '../shell/language.tsx'
import { type FormField, type FormState, isFilled, isRequired } from './form-model.ts'
import { ListField } from './list-field.tsx'
import { SingleField, type Suggestion } from './single-field.tsx'
import { texts } from './texts.ts'

/** The form shows at most this number of fields; a button shows further optional ones. */
const shownMax = 6

/** The parameter form of an operation. */
export function ParameterForm(props: {
  readonly fields: readonly FormField[]
  readonly state: FormState
  readonly suggestions: Readonly<Record<string, readonly Suggestion[]>>
  readonly change: (state: FormState) => void
}) {
  const { fields, state, suggestions, change } = props
  const words = useTexts(texts)
  const [showsAll, setShowsAll] = useState(false)
  if (fields.length === 0) return <Typography.Text type="secondary">{words.noParameters}</Typography.Text>
  const hidden =
    fields.length <= shownMax
      ? []
      : fields.filter(
          (field) =>
            !isRequired(field) &&
            !isFilled(field, state) &&
            suggestions[field.name] === undefined &&
            field.kind === 'single',
        )
  return (
    <Flex vertical gap={16}>
      {fields
        .filter((field) => showsAll || !hidden.includes(field))
        .map((field) =>
          field.kind === 'list' ? (
            <ListField
              key={field.name}
              field={field}
              rows={state.lists[field.name] ?? []}
              change={(rows) => change({ ...state, lists: { ...state.lists, [field.name]: rows } })}
            />
          ) : (
            <SingleField
              key={field.name}
              field={field}
              value={state.singles[field.name] ?? ''}
              suggestions={suggestions[field.name]}
              change={(value) => change({ ...state, singles: { ...state.singles, [field.name]: value } })}
            />
          ),
        )}
      {hidden.length > 0 && (
        <Button
          type="link"
          style={{ alignSelf: 'start', paddingInline: 0 }}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? words.fewerParameters : words.moreParameters(hidden.length)}
        </Button>
      )}
    </Flex>
  )
}
