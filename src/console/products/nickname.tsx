import { EditOutlined } from '@ant-design/icons'
import { App, Flex, Form, Modal, Typography } from 'antd'
import { useState } from 'react'
import { ActionButton } from '../shell/action-button.tsx'
import { useApiMutation } from '../shell/api-query.ts'
import { useClearButton } from '../shell/clear.tsx'
import { scrollToFirstError } from '../shell/first-fault.ts'
import { FirstInput } from '../shell/first-input.tsx'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { texts as deviceTexts } from './device-texts.ts'
import { useFieldRule } from './field-rule.ts'
import { listsOfDevices, listsOfProducts } from './product.ts'
import { texts as ruleTexts } from './rule-texts.ts'
import type { OfProduct } from './search.ts'
import { texts } from './texts.ts'

const stale = listsOfDevices.filter((query) => !(listsOfProducts as readonly string[]).includes(query))

/** A device's nickname, which the user can change and remove. */
export function Nickname({
  instance,
  productKey,
  name,
  nickname,
}: OfProduct & { readonly name: string; readonly nickname: string | undefined }) {
  const words = { ...useTexts(texts), ...useTexts(ruleTexts), ...useTexts(deviceTexts) }
  const clear = useClearButton()
  const rule = useFieldRule()
  const { message } = App.useApp()
  const [isOpen, setOpen] = useState(false)
  const update = useApiMutation('BatchUpdateDeviceNickname', stale)

  async function submit({ Nickname = '' }: { readonly Nickname?: string }) {
    await update.mutateAsync({
      IotInstanceId: instance,
      'DeviceNicknameInfo.1.ProductKey': productKey,
      'DeviceNicknameInfo.1.DeviceName': name,
      'DeviceNicknameInfo.1.Nickname': Nickname,
    })
    message.success(words.nicknameSaved)
    setOpen(false)
  }

  return (
    <Flex align="center" gap={4}>
      {nickname ?? <Typography.Text type="secondary">{words.none}</Typography.Text>}
      <ActionButton
        actions={['BatchUpdateDeviceNickname']}
        type="text"
        size="small"
        icon={<EditOutlined />}
        aria-label={words.editNickname}
        onClick={() => setOpen(true)}
      />
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        title={words.editNickname}
        okText={words.save}
        cancelText={words.cancel}
        okButtonProps={{ htmlType: 'submit', form: 'edit-nickname' }}
        confirmLoading={update.isPending}
        destroyOnHidden
        afterClose={update.reset}
      >
        <Form
          id="edit-nickname"
          layout="vertical"
          requiredMark={false}
          scrollToFirstError={scrollToFirstError}
          initialValues={{ Nickname: nickname }}
          onFinish={(fields) => void submit(fields).catch(() => {})}
        >
          <Form.Item
            name="Nickname"
            label={words.nickname}
            extra={
              <Flex vertical>
                <span>{words.rules.ChangedNickname}</span>
                <span>{words.nicknameHint}</span>
              </Flex>
            }
            rules={[rule('ChangedNickname')]}
          >
            <FirstInput allowClear={clear} autoComplete="off" />
          </Form.Item>
          {update.error && <Problem error={update.error} />}
        </Form>
      </Modal>
    </Flex>
  )
}
