import { Form } from 'antd'
import { FirstInput } from './first-input.tsx'
import { type Texts, useTexts } from './language.tsx'

const texts: Texts<{ readonly typeCount: (count: number) => string }> = {
  en: { typeCount: (count) => `Enter ${count} to confirm` },
  zh: { typeCount: (count) => `输入 ${count} 以确认` },
}

/** From this number on, a user who deletes devices types their number. */
export const typedFrom = 50

/** Asks for a number, so that nobody destroys many devices by a habitual click. */
export function TypedCount({
  count,
  typed,
  onType,
  submit,
}: {
  readonly count: number
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly submit?: () => void
}) {
  const words = useTexts(texts)
  return (
    <Form layout="vertical" style={{ marginTop: 12 }}>
      <Form.Item label={words.typeCount(count)} htmlFor="typed-count" style={{ marginBottom: 0 }}>
        <FirstInput
          id="typed-count"
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => onType(target.value)}
          onPressEnter={() => submit?.()}
          style={{ maxWidth: 200 }}
        />
      </Form.Item>
    </Form>
  )
}
