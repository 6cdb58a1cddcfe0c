import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { copyText } from './clipboard.ts'
import { type Texts, useTexts } from './language.tsx'
import { useShowProblem } from './problem.tsx'

const texts: Texts<{ readonly copy: string; readonly copied: string }> = {
  en: { copy: 'Copy', copied: 'Copied' },
  zh: { copy: '复制', copied: '已复制' },
}

/**
 * Copies a text, and says so.
 * @param what what is copied, for those who don't see where the button stands
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

/** A name or an ID as it stands on the wire, with a button that copies it. */
export function Copyable({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <span className="mono">{text}</span>
      <CopyButton text={text} what={what} bare />
    </span>
  )
}
