import type { FormRule } from 'antd'
import { useTexts } from '../shell/language.tsx'
import { isValid } from './is-valid.ts'
import { type Field, texts } from './rule-texts.ts'

/** Rules of a form's field: the server's own, told before anything is sent. An empty text is left to `required`. */
export function useFieldRule(): (field: Field) => FormRule {
  const words = useTexts(texts)
  return (field) => ({
    validator: async (_, text: string | undefined) => {
      if (text && !isValid(field, text)) throw new Error(words.mustBe(words.rules[field]))
    },
  })
}
