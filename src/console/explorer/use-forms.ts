import { useState } from 'react'
import type { AnswerFormat, SignatureVersion } from '../../client/sign.ts'
import { emptyForm, type FormState } from './form-model.ts'

/** The form contents of all operations, kept while the page is open. */
export interface Forms {
  formOf(action: string): FormState
  change(action: string, form: FormState): void
  readonly signature: SignatureVersion
  chooseSignature(signature: SignatureVersion): void
  readonly format: AnswerFormat
  chooseFormat(format: AnswerFormat): void
}

/** Parameters with the same meaning in all operations; their values are shared. */
const shared = ['IotInstanceId', 'ProductKey']

export function useForms(): Forms {
  const [forms, setForms] = useState<Readonly<Record<string, FormState>>>({})
  const [along, setAlong] = useState<Readonly<Record<string, string>>>({})
  const [signature, chooseSignature] = useState<SignatureVersion>('v3')
  const [format, chooseFormat] = useState<AnswerFormat>('JSON')
  return {
    formOf: (action) => {
      const { singles, lists } = forms[action] ?? emptyForm
      return { singles: { ...along, ...singles }, lists }
    },
    change(action, form) {
      setForms((forms) => ({ ...forms, [action]: form }))
      const given = Object.entries(form.singles).filter(([name]) => shared.includes(name))
      setAlong((along) => ({ ...along, ...Object.fromEntries(given) }))
    },
    signature,
    chooseSignature,
    format,
    chooseFormat,
  }
}
