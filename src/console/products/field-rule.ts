import type { FormRule } from 'antd'
import { useTexts } from '../shell/language.tsx'
import { isValid } from './is-valid.ts'
import { type Field, texts } from './rule-texts.ts'

/**
 * Returns the server's rules as form rules, checked before anything is sent. `required` handles empty values.
 */
export function useFieldRule(): (field: Field) => FormRule {
  const words = useTexts(texts)
  return (field) => ({
    validator: async (_, text: string | undefined) => {
      if (text && !isValid(field, text)) throw new Error(words.mustBe(words.rules[field]))
    },
  })
}
