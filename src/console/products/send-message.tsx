import { App, Flex, Form, Input } from 'antd'
import { useState } from 'react'
import type { AnswerOf } from '../../client/outcome.ts'
import { ActionButton } from '../shell/action-button.tsx'
import { useApiMutation } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { texts } from './messages-texts.ts'
import { shownPayload, toBase64 } from './payload.ts'
import type { OfProduct } from './search.ts'

/** Timeout for a device's answer, in milliseconds; the maximum of RRpc. */
const timeoutMs = 8000

/** Sends to the device: a message to a topic with QoS 1, or a request, and displays the answer. */
export function SendMessage({
  instance,
  productKey,
  name,
  topic: firstTopic,
}: OfProduct & { readonly name: string; readonly topic: string }) {
  const words = useTexts(texts)
  const { message } = App.useApp()
  const [topic, setTopic] = useState(firstTopic)
  const [content, setContent] = useState('{"on":true}')
  const pub = useApiMutation('Pub', [])
  const rrpc = useApiMutation('RRpc', [])
  const device = { IotInstanceId: instance, ProductKey: productKey, DeviceName: name }
  const publish = () => {
    rrpc.reset()
    const sent = { ...device, TopicFullName: topic, MessageContent: toBase64(content), Qos: 1 }
    pub.mutateAsync(sent).then(
      () => message.success(words.sent),
      () => {},
    )
  }
  const ask = () => {
    pub.reset()
    rrpc.mutate({ ...device, RequestBase64Byte: toBase64(content), Timeout: timeoutMs })
  }
  const error = pub.error ?? rrpc.error
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={words.topic} htmlFor="message-topic" style={{ marginBottom: 8 }}>
        <Input
          id="message-topic"
          className="mono"
          value={topic}
          onChange={({ target }) => setTopic(target.value)}
        />
      </Form.Item>
      <Form.Item label={words.content} htmlFor="message-content" style={{ marginBottom: 8 }}>
        <Input.TextArea
          id="message-content"
          className="mono"
          rows={4}
          value={content}
          onChange={({ target }) => setContent(target.value)}
        />
      </Form.Item>
      <Flex vertical gap={8}>
        <Flex wrap gap={8}>
          <ActionButton actions={['Pub']} loading={pub.isPending} onClick={publish}>
            {words.publish}
          </ActionButton>
          <ActionButton actions={['RRpc']} loading={rrpc.isPending} onClick={ask}>
            {words.ask}
          </ActionButton>
        </Flex>
        {error !== null && <Problem error={error} />}
        {rrpc.data !== undefined && <RequestAnswer answer={rrpc.data} />}
      </Flex>
    </Form>
  )
}

function RequestAnswer({ answer }: { readonly answer: AnswerOf<'RRpc'> }) {
  const { RrpcCode, PayloadBase64Byte } = answer
  return (
    <div role="status">
      <span className="mono">{RrpcCode}</span>
      {PayloadBase64Byte !== undefined && (
        <pre className="mono" style={{ margin: 0, whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}>
          {shownPayload(PayloadBase64Byte)}
        </pre>
      )}
    </div>
  )
}
