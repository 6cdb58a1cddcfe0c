import { Alert, Button, Card, Empty, Flex, Segmented, Tag, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { useMissingPermission } from '../shell/action-button.tsx'
import { useApiQuery } from '../shell/api-query.ts'
import { followMessages } from '../shell/follow.ts'
import { useTexts } from '../shell/language.tsx'
import { sendable } from '../shell/parameters.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { CodeBlock } from './code-block.tsx'
import { type LiveMessage, withMessage } from './live-messages.ts'
import { texts } from './messages-texts.ts'
import { shownPayload } from './payload.ts'
import { PermissionNotice } from './permission-notice.tsx'
import type { OfProduct } from './search.ts'
import { SendMessage } from './send-message.tsx'

type OfDevice = OfProduct & { readonly name: string }

/** Sends to a device, and shows what goes up and down as it happens. */
export function MessagesView(device: OfDevice) {
  const words = useTexts(texts)
  const { instance, productKey, name } = device
  const { may } = useSession()
  const missingPermission = useMissingPermission()('sub')
  const product = useApiQuery(
    'QueryProduct',
    { IotInstanceId: instance, ProductKey: productKey },
    { enabled: may('QueryProduct') },
  )
  const isOneParty = product.data?.Data.AuthType === 'one-party'
  const topic = isOneParty ? '/user/get' : `/${productKey}/${name}/user/get`
  return (
    <Flex wrap gap={16} align="start">
      {missingPermission === undefined ? (
        <LiveMessages {...device} />
      ) : (
        <Card size="small" title={words.title} style={wide}>
          <PermissionNotice reason={missingPermission} />
        </Card>
      )}
      <Card size="small" title={words.send} style={{ flex: '1 1 320px', minWidth: 0 }}>
        {/* The topic of the form is the product's until the user edits it. */}
        <SendMessage key={topic} {...device} topic={topic} />
      </Card>
    </Flex>
  )
}

/** Beside the form where there is room, above it where there is not. */
const wide = { flex: '2 1 480px', minWidth: 0 } as const

type Shown = 'all' | 'up' | 'down'

function LiveMessages(device: OfDevice) {
  const words = useTexts(texts)
  const { messages, error, isRefused, isOpen, clear } = useLive(device)
  const [held, setHeld] = useState<readonly LiveMessage[]>()
  const [shown, setShown] = useState<Shown>('all')
  const rows = (held ?? messages).filter(({ isUp }) => shown === 'all' || isUp === (shown === 'up'))
  const heldKeys = new Set(held?.map(({ key }) => key))
  const missed = held === undefined ? 0 : messages.filter(({ key }) => !heldKeys.has(key)).length
  return (
    <Card size="small" title={words.title} style={wide}>
      {isRefused ? (
        <Problem error={error} />
      ) : (
        <Flex vertical gap={12}>
          <Flex wrap gap={8} align="center">
            <Segmented<Shown>
              aria-label={words.direction}
              value={shown}
              onChange={setShown}
              options={[
                { value: 'all', label: words.all },
                { value: 'up', label: words.up },
                { value: 'down', label: words.down },
              ]}
            />
            <Button onClick={() => setHeld(held === undefined ? messages : undefined)}>
              {held === undefined ? words.pause : words.resume}
            </Button>
            <Button
              onClick={() => {
                clear()
                if (held !== undefined) setHeld([])
              }}
            >
              {words.clear}
            </Button>
            <Typography.Text type="secondary" role="status">
              {held !== undefined ? words.paused(missed) : isOpen ? words.live : words.connecting}
            </Typography.Text>
          </Flex>
          {error !== undefined && <Alert type="warning" showIcon title={words.lost} />}
          {rows.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.empty} />
          ) : (
            rows.map((message) => <Message key={message.key} message={message} />)
          )}
        </Flex>
      )}
    </Card>
  )
}

/** Follows a device in both directions for as long as the view is open. */
function useLive({ instance, productKey, name }: OfDevice) {
  const { accessKey } = useSession()
  const [messages, setMessages] = useState<readonly LiveMessage[]>([])
  const [error, setError] = useState<Error>()
  const [isRefused, setRefused] = useState(false)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const end = new AbortController()
    const parameters = sendable({
      IotInstanceId: instance,
      ProductKey: productKey,
      DeviceName: name,
      Direction: 'all',
    })
    const following = {
      message: (next: Parameters<typeof withMessage>[1]) =>
        setMessages((before) => withMessage(before, next)),
      connected(broken?: Error) {
        setError(broken)
        setOpen(broken === undefined)
      },
    }
    followMessages(accessKey, parameters, following, end.signal).catch((refused) => {
      setError(refused)
      setRefused(true)
    })
    return () => end.abort()
  }, [accessKey, instance, productKey, name])
  return { messages, error, isRefused, isOpen, clear: () => setMessages([]) }
}

const colours: Readonly<Record<string, string>> = {
  acknowledged: 'success',
  answered: 'success',
  waiting: 'warning',
  timeout: 'error',
  offline: 'error',
  unsubscribed: 'error',
  full: 'error',
}

function Message({ message }: { readonly message: LiveMessage }) {
  const words = useTexts(texts)
  const { isUp, time, topic, qos, payload, state, answer } = message
  return (
    <Flex vertical gap={4}>
      <Flex wrap gap={8} align="center">
        <Tag color={isUp ? 'blue' : 'default'}>{isUp ? `↑ ${words.up}` : `↓ ${words.down}`}</Tag>
        <Time at={time} />
        <span className="mono" style={{ wordBreak: 'break-all' }}>
          {topic}
        </span>
        <span>QoS {qos}</span>
        {state !== undefined && (
          <Tag color={colours[state] ?? 'default'} title={words.stateMeanings[state]}>
            {words.states[state] ?? state}
          </Tag>
        )}
      </Flex>
      <Payload base64={payload} />
      {answer !== undefined && (
        <>
          <Typography.Text type="secondary">{words.answer}</Typography.Text>
          <Payload base64={answer} />
        </>
      )}
    </Flex>
  )
}

const Payload = ({ base64 }: { readonly base64: string }) => <CodeBlock text={shownPayload(base64)} />
