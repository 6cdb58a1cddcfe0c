import { Alert, Button, Card, Flex, Form, Input, QRCode, Tabs } from 'antd'
import { useState } from 'react'
import { useApiQuery } from '../shell/api-query.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { hashes } from '../shell/hashes.ts'
import { useTexts } from '../shell/language.tsx'
import { mqttAddress, servesMqtt } from '../shell/mqtt-address.ts'
import { useSession } from '../shell/session.tsx'
import { type Program, parseMqttAddress, programsOf, tripleOf } from './connect-programs.ts'
import { texts } from './connect-texts.ts'
import type { OfProduct } from './search.ts'

interface OfDevice extends OfProduct {
  readonly name: string
  readonly secret: string
}

/** Shows how to connect as the device. Hidden until requested, because it contains credentials. */
export function ConnectCard(device: OfDevice) {
  const words = useTexts(texts)
  const [isShown, setShown] = useState(false)
  return (
    <Card
      size="small"
      title={words.title}
      extra={
        <Button size="small" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? words.hide : words.show}
        </Button>
      }
      styles={{ body: isShown ? {} : { display: 'none' } }}
    >
      {isShown && <Programs {...device} />}
    </Card>
  )
}

function Programs({ instance, productKey, name, secret }: OfDevice) {
  const words = useTexts(texts)
  const { may } = useSession()
  const [address, setAddress] = useState(mqttAddress)
  const product = useApiQuery(
    'QueryProduct',
    { IotInstanceId: instance, ProductKey: productKey },
    { enabled: may('QueryProduct') },
  )
  const isOneParty = product.data?.Data.AuthType === 'one-party'
  const connecting = { address, productKey, name, secret, isOneParty, hmacSha256: hashes.hmacSha256 }
  const isRight = parseMqttAddress(address) !== undefined
  const triple = tripleOf(connecting)
  const [json] = triple
  const all = [
    ...programsOf(connecting),
    ...triple.map((file) => ({ ...file, label: `${words.triple}: ${file.label}` })),
  ]
  return (
    <Flex vertical gap={12}>
      <Alert
        type="warning"
        showIcon
        title={servesMqtt ? words.warning : `${words.notHere} ${words.warning}`}
      />
      <Form.Item
        layout="vertical"
        label={words.address}
        htmlFor="mqtt-address"
        {...(!isRight && { validateStatus: 'error', help: words.addressWrong })}
        style={{ margin: 0 }}
      >
        <Input
          id="mqtt-address"
          className="mono"
          value={address}
          onChange={({ target }) => setAddress(target.value.trim())}
        />
      </Form.Item>
      <Tabs
        items={[
          ...all.map((program) => ({
            key: program.label,
            label: program.label,
            children: <Code program={program} />,
          })),
          {
            key: 'qr',
            label: words.qrCode,
            children: (
              <Flex vertical gap={8}>
                <QRCode type="svg" value={json.text} />
                {words.qrHint}
              </Flex>
            ),
          },
        ]}
      />
    </Flex>
  )
}

function Code({ program: { label, text } }: { readonly program: Program }) {
  return (
    <Flex vertical gap={8} align="start">
      <pre
        className="mono"
        style={{ margin: 0, maxWidth: '100%', whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}
      >
        {text}
      </pre>
      <CopyButton text={text} what={label} />
    </Flex>
  )
}
