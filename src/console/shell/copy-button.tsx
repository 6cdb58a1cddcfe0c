import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { en } from '../texts/en/shell-copy-button.ts'
import { zh } from '../texts/zh/shell-copy-button.ts'
import { copyText } from './clipboard.ts'
import { type Texts, useTexts } from './language.tsx'
import { useShowProblem } from './problem.tsx'

const texts: Texts<typeof en> = { en, zh }

/**
 * Copies a text and confirms it.
 * @param what what is copied, for screen readers
 */
export function CopyButton({
  text,
  what,
  bare,
}: {
  readonly text: string
  readonly what: string
  readonly bare?: boolean
}) {
  const words = useTexts(texts)
  const tellProblem = useShowProblem()
  const [copied, setCopied] = useState<string>()
  const isCopied = copied === text
  return (
    <Button
      size="small"
      type={bare ? 'text' : 'default'}
      icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
      aria-label={`${isCopied ? words.copied : words.copy}: ${what}`}
      title={words.copy}
      onClick={() => copyText(text).then(() => setCopied(text), tellProblem)}
    >
      {bare ? undefined : isCopied ? words.copied : words.copy}
    </Button>
  )
}

/** A wire name or ID with a copy button. */
export function Copyable({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <span className="mono">{text}</span>
      <CopyButton text={text} what={what} bare />
    </span>
  )
}
