import { Alert, Button, Card, Flex, Tag, Typography } from 'antd'
import { useEffect, useState } from 'react'
import type { FollowedMessage } from '../../client/follow.ts'
import { ActionButton } from '../shell/action-button.tsx'
import { sendable, useApiQuery } from '../shell/api-query.ts'
import { followMessages } from '../shell/follow.ts'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { texts } from './messages-texts.ts'
import { shownPayload } from './payload.ts'
import type { OfProduct } from './search.ts'
import { SendMessage } from './send-message.tsx'

/** Maximum number of displayed messages, and of their Base64 characters. */
const shownMax = 100
const shownCharactersMax = 2_000_000

/** Returns the newest messages within the limits, newest first. */
export function newest(messages: readonly FollowedMessage[]): readonly FollowedMessage[] {
  let characters = 0
  return messages
    .slice(0, shownMax)
    .filter(({ payload }, i) => (characters += payload.length) <= shownCharactersMax || i === 0)
}

/** Displays a device's messages as they arrive. */
export function MessagesCard(device: OfProduct & { readonly name: string }) {
  const words = useTexts(texts)
  const { instance, productKey, name } = device
  const { may } = useSession()
  const [isOn, setOn] = useState(false)
  const product = useApiQuery(
    'QueryProduct',
    { IotInstanceId: instance, ProductKey: productKey },
    { enabled: may('QueryProduct') },
  )
  const isOneParty = product.data?.Data.AuthType === 'one-party'
  const topic = isOneParty ? '/user/get' : `/${productKey}/${name}/user/get`
  return (
    <Card
      size="small"
      title={words.title}
      extra={
        <ActionButton actions={['sub']} size="small" onClick={() => setOn(!isOn)}>
          {isOn ? words.stop : words.start}
        </ActionButton>
      }
    >
      <Flex vertical gap={16}>
        {/* The form's topic is the product's until the user edits it. */}
        <SendMessage key={topic} {...device} topic={topic} />
        {isOn ? (
          <LiveMessages {...device} />
        ) : (
          <Typography.Text type="secondary">{words.stopped}</Typography.Text>
        )}
      </Flex>
    </Card>
  )
}

function LiveMessages({ instance, productKey, name }: OfProduct & { readonly name: string }) {
  const words = useTexts(texts)
  const { accessKey } = useSession()
  const [messages, setMessages] = useState<readonly FollowedMessage[]>([])
  const [held, setHeld] = useState<readonly FollowedMessage[]>()
  const [error, setError] = useState<Error>()
  const [isRefused, setRefused] = useState(false)
  useEffect(() => {
    const end = new AbortController()
    const parameters = sendable({ IotInstanceId: instance, ProductKey: productKey, DeviceName: name })
    const message = (next: FollowedMessage) => setMessages((before) => newest([next, ...before]))
    followMessages(accessKey, parameters, { message, connected: setError }, end.signal).catch((refused) => {
      setError(refused)
      setRefused(true)
    })
    return () => end.abort()
  }, [accessKey, instance, productKey, name])
  if (isRefused) return <Problem error={error!} />
  const shown = held ?? messages
  const known = held?.[0]
  const missed = held === undefined ? 0 : known === undefined ? messages.length : messages.indexOf(known)
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} align="center">
        <Button size="small" onClick={() => setHeld(held === undefined ? messages : undefined)}>
          {held === undefined ? words.pause : words.resume}
        </Button>
        <Button
          size="small"
          onClick={() => {
            setMessages([])
            if (held !== undefined) setHeld([])
          }}
        >
          {words.clear}
        </Button>
        {held !== undefined && <span>{words.paused(missed < 0 ? messages.length : missed)}</span>}
      </Flex>
      {error !== undefined && <Alert type="warning" showIcon title={words.lost} />}
      {shown.length === 0 && <Typography.Text type="secondary">{words.empty}</Typography.Text>}
      {shown.map(({ messageId, topic, qos, generateTime, payload }) => (
        <div key={messageId}>
          <Flex wrap gap={8} align="center">
            <Tag>{words.up}</Tag>
            <Time at={generateTime} />
            <span className="mono">{topic}</span>
            <span>QoS {qos}</span>
          </Flex>
          <pre className="mono" style={{ margin: 0, whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}>
            {shownPayload(payload)}
          </pre>
        </div>
      ))}
    </Flex>
  )
}
