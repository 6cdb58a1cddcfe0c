import { Alert, Card, Flex, Form, Grid, Input, QRCode, Select, Switch, Tabs, Typography } from 'antd'
import { useState } from 'react'
import { useApiQuery } from '../shell/api-query.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { hashes } from '../shell/hashes.ts'
import { useTexts } from '../shell/language.tsx'
import { mqttAddress, servesMqtt } from '../shell/mqtt-address.ts'
import { mask } from '../shell/secret.tsx'
import { useSession } from '../shell/session.tsx'
import { CodeBlock } from './code-block.tsx'
import { type Connecting, type Program, parseMqttAddress, programsOf, tripleOf } from './connect-programs.ts'
import { texts } from './connect-texts.ts'
import type { OfProduct } from './search.ts'

/** Shows how to connect as a device. Copied text has the credentials; displayed text has them only on request. */
export function ConnectView({
  instance,
  productKey,
  name,
  secret,
}: OfProduct & { readonly name: string; readonly secret: string }) {
  const words = useTexts(texts)
  const { may } = useSession()
  const [address, setAddress] = useState(mqttAddress)
  const [isShown, setShown] = useState(false)
  const product = useApiQuery(
    'QueryProduct',
    { IotInstanceId: instance, ProductKey: productKey },
    { enabled: may('QueryProduct') },
  )
  const isOneParty = product.data?.Data.AuthType === 'one-party'
  const { hmacSha256 } = hashes
  const connecting = { address, productKey, name, secret, isOneParty, hmacSha256 }
  const shown = filesOf(isShown ? connecting : { ...connecting, secret: mask, hmacSha256: () => mask })
  const copied = filesOf(connecting)
  const isRight = parseMqttAddress(address) !== undefined
  // Tabs that do not fit are behind a button that has no name.
  const isWide = Grid.useBreakpoint().lg ?? true
  const programs = [
    ...shown.map((program, i) => ({
      key: program.label,
      label: program.label,
      children: <Code program={program} copied={copied[i]!.text} />,
    })),
    {
      key: 'qr',
      label: words.qrCode,
      children: isShown ? (
        <Flex vertical gap={8}>
          <QRCode type="svg" value={tripleOf(connecting)[0].text} aria-label={words.qrCode} />
          {words.qrHint}
        </Flex>
      ) : (
        words.qrHidden
      ),
    },
  ]
  const [chosen, setChosen] = useState('mosquitto_sub')
  return (
    <Card size="small" title={words.title}>
      <Flex vertical gap={16}>
        {!servesMqtt && <Alert type="warning" showIcon title={words.notHere} />}
        <Flex wrap gap={16} align="end" justify="space-between">
          <Form.Item
            layout="vertical"
            label={words.address}
            htmlFor="mqtt-address"
            {...(!isRight && { validateStatus: 'error', help: words.addressWrong })}
            style={{ margin: 0, flex: '1 1 280px', maxWidth: 480 }}
          >
            <Input
              id="mqtt-address"
              className="mono"
              value={address}
              onChange={({ target }) => setAddress(target.value.trim())}
            />
          </Form.Item>
          <Flex gap={8} align="center">
            <span id="show-credentials">{words.show}</span>
            <Switch aria-labelledby="show-credentials" checked={isShown} onChange={setShown} />
          </Flex>
        </Flex>
        <Typography.Text type="secondary">{words.hint}</Typography.Text>
        {isWide ? (
          <Tabs items={programs} />
        ) : (
          <>
            <Select
              aria-label={words.program}
              value={chosen}
              onChange={setChosen}
              options={programs.map(({ key, label }) => ({ value: key, label }))}
            />
            {programs.find(({ key }) => key === chosen)?.children}
          </>
        )}
      </Flex>
    </Card>
  )
}

const filesOf = (connecting: Connecting): readonly Program[] => [
  ...programsOf(connecting),
  ...tripleOf(connecting),
]

function Code({
  program: { label, text },
  copied,
}: {
  readonly program: Program
  /** The text with the credentials. */
  readonly copied: string
}) {
  return (
    <Flex vertical gap={8} align="start">
      <CopyButton text={copied} what={label} />
      <CodeBlock text={text} />
    </Flex>
  )
}
