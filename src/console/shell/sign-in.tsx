import { Alert, App, Button, Card, Checkbox, Flex, Form, Input, Typography, theme as themes } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Refused } from '../../client/outcome.ts'
import type { AccessKey } from '../../client/sign.ts'
import { Choices } from './choices.tsx'
import { type Texts, useTexts } from './language.tsx'
import { Mark } from './mark.tsx'
import { Problem } from './problem.tsx'
import { forgetKey, type Identity, identify, storedKey } from './session.tsx'

const texts: Texts<{
  readonly title: string
  readonly about: string
  readonly where: string
  readonly keep: string
  readonly keepMeans: string
  readonly memoryMeans: string
  readonly enter: string
  readonly plain: string
  readonly needed: (field: string) => string
}> = {
  en: {
    title: 'Sign in with an access key',
    about:
      'The console calls the API of this server as you, and signs every call here in the browser: the secret never leaves it.',
    where:
      'A first start of the server prints a key and keeps it in its data folder; RAM users have keys of their own.',
    keep: 'Stay signed in when this tab reloads',
    keepMeans:
      'The secret is written, readable, to this tab’s session storage until you sign out or close the tab. Not on a computer that others use.',
    memoryMeans: 'The secret is kept in memory only: a reload asks for it again.',
    enter: 'Sign in',
    plain:
      'This page came over plain HTTP. Others on the network can read the calls that you sign, device secrets included, and could have changed the page itself. Ask the operator for HTTPS.',
    needed: (field) => `The ${field} is needed`,
  },
  zh: {
    title: '使用访问密钥登录',
    about: '控制台以您的身份调用本服务器的 API，每个请求都在浏览器内签名，密钥不会离开浏览器。',
    where: '服务器首次启动时会打印访问密钥，并保存在数据目录中；RAM 用户使用各自的密钥。',
    keep: '刷新此标签页后保持登录',
    keepMeans:
      '密钥会以明文写入此标签页的会话存储（session storage），直到退出登录或关闭标签页。请勿在公用电脑上勾选。',
    memoryMeans: '密钥只保存在内存中：刷新后需要重新输入。',
    enter: '登录',
    plain:
      '此页面通过未加密的 HTTP 加载。同一网络中的其他人可以读取您签名的请求（包括设备密钥），也可能篡改此页面。请联系管理员启用 HTTPS。',
    needed: (field) => `请输入 ${field}`,
  },
}

interface Fields {
  readonly id: string
  readonly secret: string
  readonly keep?: boolean
}

const isWrongKey = ({ code }: Refused) => /^InvalidAccessKeyId|^SignatureDoesNotMatch$/.test(code)

/** Asks who it is, and the server whether that is so. */
export function SignIn({
  enter,
}: {
  readonly enter: (accessKey: AccessKey, identity: Identity, keep: boolean) => void
}) {
  const words = useTexts(texts)
  const { token } = themes.useToken()
  const [form] = Form.useForm<Fields>()
  const keep = Form.useWatch('keep', form)
  const [error, setError] = useState<unknown>()
  const [kept] = useState(storedKey)
  const [isAsking, setAsking] = useState(kept !== undefined)

  async function ask(accessKey: AccessKey, keep: boolean) {
    setAsking(true)
    setError(undefined)
    try {
      enter(accessKey, await identify(accessKey), keep)
    } catch (thrown) {
      // A key that is refused is of no use any more; one whose server is away may be.
      if (thrown instanceof Refused && isWrongKey(thrown)) forgetKey()
      setError(thrown)
      setAsking(false)
    }
  }

  const wasTried = useRef(false)
  useEffect(() => {
    if (kept === undefined || wasTried.current) return
    wasTried.current = true
    void ask(kept, true)
  })

  // While it was asked the form was disabled, which takes the focus away.
  useEffect(() => {
    if (error !== undefined) form.getFieldInstance('secret')?.focus()
  }, [error, form])

  const { notification, message } = App.useApp()
  useEffect(() => {
    document.title = 'Rollcall'
    // What is left of whoever has signed out.
    notification.destroy()
    message.destroy()
  }, [notification, message])

  return (
    <Flex vertical align="center" style={{ minHeight: '100%', background: token.colorBgLayout }}>
      <Flex
        component="header"
        justify="space-between"
        align="center"
        style={{ alignSelf: 'stretch', padding: '12px 24px' }}
      >
        <Mark />
        <span>
          <Choices />
        </span>
      </Flex>
      <main style={{ width: 'min(440px, calc(100vw - 32px))', margin: '8vh 0 32px' }}>
        <Card>
          <Typography.Title level={1} style={{ fontSize: 22, marginTop: 0 }}>
            {words.title}
          </Typography.Title>
          <Typography.Paragraph type="secondary">{words.about}</Typography.Paragraph>
          {/* Browsers call a page secure that came over HTTPS, or from this machine. */}
          {!window.isSecureContext && (
            <Alert type="warning" showIcon title={words.plain} style={{ marginBottom: 16 }} />
          )}
          <Form<Fields>
            form={form}
            layout="vertical"
            requiredMark={false}
            disabled={isAsking}
            initialValues={{ id: kept?.id ?? '', secret: '', keep: kept !== undefined }}
            onFinish={({ id, secret, keep }) => ask({ id: id.trim(), secret: secret.trim() }, keep === true)}
          >
            <Form.Item
              name="id"
              label="AccessKeyId"
              rules={[{ required: true, whitespace: true, message: words.needed('AccessKeyId') }]}
            >
              <Input
                autoComplete="username"
                spellCheck={false}
                autoCapitalize="off"
                autoFocus
                className="mono"
              />
            </Form.Item>
            <Form.Item
              name="secret"
              label="AccessKeySecret"
              rules={[{ required: true, whitespace: true, message: words.needed('AccessKeySecret') }]}
            >
              <Input.Password autoComplete="current-password" spellCheck={false} className="mono" />
            </Form.Item>
            <Form.Item name="keep" valuePropName="checked" extra={keep ? words.keepMeans : words.memoryMeans}>
              <Checkbox>{words.keep}</Checkbox>
            </Form.Item>
            {error !== undefined && (
              <div style={{ marginBottom: 16 }}>
                <Problem error={error} />
              </div>
            )}
            <Button type="primary" htmlType="submit" block loading={isAsking}>
              {words.enter}
            </Button>
          </Form>
          <Typography.Paragraph type="secondary" style={{ margin: '16px 0 0', fontSize: 13 }}>
            {words.where}
          </Typography.Paragraph>
        </Card>
      </main>
    </Flex>
  )
}
