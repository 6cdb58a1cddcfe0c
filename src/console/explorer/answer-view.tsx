import { DownloadOutlined } from '@ant-design/icons'
import { Badge, Button, Flex, Spin, Typography } from 'antd'
import { useEffect, useMemo } from 'react'
import { Copyable, CopyButton } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { useMeaningOf } from '../shell/problem.tsx'
import { save } from '../shell/save.ts'
import { useReportCode } from '../shell/session.tsx'
import { summaryOf } from './answer-text.ts'
import { CodeView } from './code-view.tsx'
import type { RawAnswer } from './raw-call.ts'
import { texts } from './texts.ts'
import { useIndented } from './use-indented.ts'

/** Displays an answer with its summary. */
export function AnswerView({ answer }: { readonly answer: RawAnswer }) {
  const words = useTexts(texts)
  const numberFormat = useNumberFormat()
  const { action, status, text, bytes, milliseconds } = answer
  const { requestId, code, message, isSuccess } = useMemo(() => summaryOf(status, text), [status, text])
  const meaning = useMeaningOf(code)
  const laidOut = useIndented(text)
  const reportCode = useReportCode()
  useEffect(() => reportCode(code), [reportCode, code])
  const isXml = text.trimStart().startsWith('<')
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
            <Copyable text={requestId} what="RequestId" />
          </span>
        )}
        <span>
          <Typography.Text type="secondary">{words.milliseconds} </Typography.Text>
          {milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms
        </span>
        <span>
          <Typography.Text type="secondary">{words.size} </Typography.Text>
          {numberFormat.size(bytes)}
        </span>
        <Flex gap={8} style={{ marginInlineStart: 'auto' }}>
          <CopyButton text={laidOut ?? text} what={words.answer} />
          <Button
            size="small"
            icon={<DownloadOutlined />}
            onClick={() =>
              save(
                new Blob([text], { type: isXml ? 'application/xml' : 'application/json' }),
                `${action}.${isXml ? 'xml' : 'json'}`,
              )
            }
          >
            {words.download}
          </Button>
        </Flex>
      </Flex>
      {meaning !== undefined && <Typography.Text>{meaning}</Typography.Text>}
      {message !== '' && (
        <Typography.Text
          {...(meaning !== undefined && { type: 'secondary' })}
          style={{ overflowWrap: 'anywhere' }}
        >
          {message.slice(0, 1000)}
        </Typography.Text>
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
