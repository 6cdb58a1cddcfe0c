import { Alert, Button, Descriptions, Flex, Form, Input, Modal, Radio, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { takesImports } from '../../rules/product-fields.ts'
import { useMissingPermission } from '../shell/action-button.tsx'
import { useApiMutation } from '../shell/api-query.ts'
import { scrollToFirstError } from '../shell/first-fault.ts'
import { FirstInput } from '../shell/first-input.tsx'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { Secret } from '../shell/secret.tsx'
import { texts as addTexts } from './add-texts.ts'
import { useFieldRule } from './field-rule.ts'
import { devicePath } from './paths.ts'
import { kindOf, listsOfDevices } from './product.ts'
import { texts as ruleTexts } from './rule-texts.ts'
import type { OfProduct } from './search.ts'
import { texts } from './texts.ts'

interface Fields {
  readonly DeviceName?: string
  readonly DeviceSecret?: string
  readonly Sn?: string
  readonly Nickname?: string
}
interface Added {
  readonly DeviceName: string
  readonly DeviceSecret: string
}
/** Whether the server generates the secret (RegisterDevice) or the device has its own (ImportDevice). */
type SecretFrom = 'drawn' | 'own'

/** Adds a device and displays its secret. */
export function AddDevice({
  instance,
  productKey,
  authType,
  close,
}: OfProduct & { readonly authType: string | undefined; readonly close: () => void }) {
  useRestoreFocus()
  const words = { ...useTexts(texts), ...useTexts(addTexts), ...useTexts(ruleTexts) }
  const rule = useFieldRule()
  const missingPermissionFor = useMissingPermission()
  const [form] = Form.useForm<Fields>()
  const mayDraw = authType !== 'one-party'
  const mayBring = authType === undefined || takesImports(authType, kindOf(instance))
  const [from, setFrom] = useState<SecretFrom>(mayDraw ? 'drawn' : 'own')
  const [added, setAdded] = useState<Added>()
  const register = useApiMutation('RegisterDevice', listsOfDevices)
  const bring = useApiMutation('ImportDevice', listsOfDevices)
  const action = from === 'drawn' ? register : bring
  const missingPermission = missingPermissionFor(from === 'drawn' ? 'RegisterDevice' : 'ImportDevice')

  async function submit(fields: Fields) {
    const answer = await action.mutateAsync({ IotInstanceId: instance, ProductKey: productKey, ...fields })
    setAdded(answer.Data)
  }

  if (added !== undefined)
    return (
      <Modal
        open
        onCancel={close}
        title={words.added(added.DeviceName)}
        footer={
          <>
            <Button
              onClick={() => {
                setAdded(undefined)
                form.resetFields()
              }}
            >
              {words.addAnother}
            </Button>
            <Button type="primary" onClick={close}>
              {words.close}
            </Button>
          </>
        }
      >
        <Descriptions
          bordered
          size="small"
          column={1}
          items={[
            {
              label: 'DeviceName',
              children: (
                <Link className="mono" href={devicePath(instance, productKey, added.DeviceName)}>
                  {added.DeviceName}
                </Link>
              ),
            },
            {
              label: 'DeviceSecret',
              children: <Secret name="DeviceSecret" value={added.DeviceSecret} />,
            },
          ]}
        />
        <Typography.Paragraph type="secondary" style={{ margin: '12px 0 0' }}>
          {words.keepSecret}
        </Typography.Paragraph>
      </Modal>
    )

  return (
    <Modal
      open
      onCancel={close}
      title={words.add}
      okText={words.add}
      cancelText={words.cancel}
      okButtonProps={{
        htmlType: 'submit',
        form: 'add-device',
        disabled: missingPermission !== undefined,
        title: missingPermission,
      }}
      confirmLoading={action.isPending}
    >
      <Form<Fields>
        id="add-device"
        form={form}
        layout="vertical"
        requiredMark="optional"
        scrollToFirstError={scrollToFirstError}
        onFinish={(fields) => void submit(fields).catch(() => {})}
      >
        {mayDraw && mayBring && (
          <Form.Item label="DeviceSecret" required>
            <Radio.Group
              value={from}
              onChange={({ target }) => setFrom(target.value)}
              options={[
                { value: 'drawn', label: words.drawn },
                { value: 'own', label: words.own },
              ]}
            />
          </Form.Item>
        )}
        <Typography.Paragraph type="secondary">
          {from === 'drawn' ? words.drawnMeans : words.ownMeans}
        </Typography.Paragraph>
        <Form.Item
          name="DeviceName"
          label="DeviceName"
          required={from === 'own'}
          extra={
            <Flex vertical>
              <span>{words.rules.DeviceName}</span>
              {from === 'drawn' && <span>{words.nameDrawn}</span>}
            </Flex>
          }
          rules={[{ required: from === 'own', message: words.required('DeviceName') }, rule('DeviceName')]}
        >
          <FirstInput className="mono" autoComplete="off" autoCapitalize="off" spellCheck={false} />
        </Form.Item>
        {from === 'own' && (
          <>
            <Form.Item
              name="DeviceSecret"
              label="DeviceSecret"
              extra={words.rules.DeviceSecret}
              rules={[{ required: true, message: words.required('DeviceSecret') }, rule('DeviceSecret')]}
            >
              <Input.Password className="mono" autoComplete="new-password" />
            </Form.Item>
            <Form.Item name="Sn" label="Sn" extra={words.rules.Sn} rules={[rule('Sn')]}>
              <Input className="mono" autoComplete="off" autoCapitalize="off" spellCheck={false} />
            </Form.Item>
          </>
        )}
        <Form.Item
          name="Nickname"
          label={words.nickname}
          extra={words.rules[from === 'drawn' ? 'RegisteredNickname' : 'ImportedNickname']}
          rules={[rule(from === 'drawn' ? 'RegisteredNickname' : 'ImportedNickname')]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        {missingPermission !== undefined && <Alert type="warning" showIcon title={missingPermission} />}
        {action.error && <Problem error={action.error} />}
      </Form>
    </Modal>
  )
}
