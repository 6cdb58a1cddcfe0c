import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTexts } from '../shell/language.tsx'
import { useTellProblem } from '../shell/problem.tsx'
import { copyText } from './clipboard.ts'
import { texts } from './texts.ts'

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
  const tellProblem = useTellProblem()
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
