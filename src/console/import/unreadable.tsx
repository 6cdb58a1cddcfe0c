import { Alert } from 'antd'
import type { Unreadable as Why } from '../../device-files/unreadable.ts'
import { type Texts, useTexts } from '../shell/language.tsx'
import { en } from '../texts/en/import-unreadable.ts'
import { zh } from '../texts/zh/import-unreadable.ts'

const texts: Texts<typeof en> = { en, zh }

/** Explains why a file can't be read and what to do about it; a question if the user can answer it. */
export function Unreadable({ why }: { readonly why: Why }) {
  const { title, question, because } = useTexts(texts)
  // Each entry of the table handles the reasons of its code.
  const words = because[why.code] as (why: Why) => string
  const isQuestion = /^Ambiguous/.test(why.code)
  return (
    <Alert
      type={isQuestion ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={isQuestion ? question : title}
      description={words(why)}
    />
  )
}
