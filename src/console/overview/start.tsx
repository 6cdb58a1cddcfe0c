import { Alert, Button, Card, Descriptions, Flex, Typography } from 'antd'
import { Link, useLocation } from 'wouter'
import { endpoint } from '../shell/connection.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { useInstances } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { texts } from './texts.ts'

/** The data needed to call this server, and next steps on an empty one. */
export function Start() {
  const words = useTexts(texts)
  const { identity, accessKey } = useSession()
  return (
    <>
      <NextStep />
      <Card size="small">
        <Descriptions
          size="small"
          colon={false}
          column={{ xs: 1, md: 3 }}
          layout="vertical"
          items={[
            {
              key: 'endpoint',
              label: words.endpoint,
              children: <Copyable text={endpoint} what={words.endpoint} />,
            },
            {
              key: 'account',
              label: words.accountId,
              children: <Copyable text={identity.AccountId} what={words.accountId} />,
            },
            {
              key: 'key',
              label: words.keyInUse,
              children: <Copyable text={accessKey.id} what={words.keyInUse} />,
            },
          ]}
        />
        <Typography.Text type="secondary">
          {words.howToCall} <Link href="~/explorer">{words.samples}</Link>
        </Typography.Text>
      </Card>
    </>
  )
}

function NextStep() {
  const words = useTexts(texts)
  const [, go] = useLocation()
  const { instances } = useInstances()
  if (instances === undefined || instances.length === 0) return null
  const total = (what: 'ProductCount' | 'DeviceCount') =>
    instances.reduce((sum, instance) => sum + instance[what], 0)
  if (total('DeviceCount') > 0) return null
  const hasProduct = total('ProductCount') > 0
  return (
    <Alert
      type="info"
      showIcon
      title={hasProduct ? words.noDeviceYet : words.noProductYet}
      description={
        <Flex vertical gap={12} align="start">
          {hasProduct ? words.noDeviceNext : words.noProductNext}
          <Flex gap={8} wrap>
            <Button type="primary" onClick={() => go(hasProduct ? '~/import' : '~/products')}>
              {hasProduct ? words.importDevices : words.createProduct}
            </Button>
            <Button onClick={() => go('~/explorer')}>{words.tryApi}</Button>
          </Flex>
        </Flex>
      }
    />
  )
}
