import { DownloadOutlined } from '@ant-design/icons'
import { Badge, Button, Flex, Spin, Typography } from 'antd'
import { useMemo } from 'react'
import { useLanguage, useTexts } from '../shell/language.tsx'
import { summaryOf } from './answer-text.ts'
import { saveText } from './clipboard.ts'
import { CodeView } from './code-view.tsx'
import { CopyButton } from './copy-button.tsx'
import type { RawAnswer } from './raw-call.ts'
import { texts } from './texts.ts'
import { useIndented } from './use-indented.ts'

/** An answer: what it says of itself, and the whole of it. */
export function AnswerView({ answer }: { readonly answer: RawAnswer }) {
  const words = useTexts(texts)
  const { language } = useLanguage()
  const { action, status, text, bytes, milliseconds } = answer
  const { requestId, code, message, isSuccess } = useMemo(() => summaryOf(status, text), [status, text])
  const laidOut = useIndented(text)
  const isXml = text.trimStart().startsWith('<')
  const size = bytes < 10_000 ? `${bytes} B` : `${Math.round(bytes / 1000).toLocaleString(language)} kB`
  return (
    <Flex vertical gap={8}>
      <Flex wrap gap="4px 16px" align="center">
        <Badge
          status={isSuccess ? 'success' : 'error'}
          text={`HTTP ${status}${code === '' ? '' : ` · ${code}`}`}
          className="mono"
        />
        {requestId !== '' && (
          <span>
            <Typography.Text type="secondary">RequestId </Typography.Text>
            <span className="mono" style={{ fontSize: 13, overflowWrap: 'anywhere' }}>
              {requestId}
            </span>
            <CopyButton bare text={requestId} what="RequestId" />
          </span>
        )}
        <span>
          <Typography.Text type="secondary">{words.milliseconds} </Typography.Text>
          {milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms
        </span>
        <span>
          <Typography.Text type="secondary">{words.size} </Typography.Text>
          {size}
        </span>
        <Flex gap={8} style={{ marginInlineStart: 'auto' }}>
          <CopyButton text={laidOut ?? text} what={words.answer} />
          <Button
            size="small"
            icon={<DownloadOutlined />}
            onClick={() =>
              saveText(
                text,
                `${action}.${isXml ? 'xml' : 'json'}`,
                isXml ? 'application/xml' : 'application/json',
              )
            }
          >
            {words.download}
          </Button>
        </Flex>
      </Flex>
      {message !== '' && (
        <Typography.Text style={{ overflowWrap: 'anywhere' }}>{message.slice(0, 1000)}</Typography.Text>
      )}
      {laidOut === undefined ? (
        <Flex gap={8} align="center">
          <Spin size="small" /> {words.indenting}
        </Flex>
      ) : (
        <CodeView text={laidOut} highlight={isXml ? 'xml' : 'json'} label={words.answer} maxHeight={520} />
      )}
    </Flex>
  )
}
