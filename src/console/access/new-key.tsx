import { CheckOutlined, CopyOutlined, DownloadOutlined } from '@ant-design/icons'
import { Alert, Button, Descriptions, Flex, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { useApiMutation } from '../shell/api-query.ts'
import { copyText } from '../shell/clipboard.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { Problem, useShowProblem } from '../shell/problem.tsx'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { save } from '../shell/save.ts'
import { Secret } from '../shell/secret.tsx'
import { csvOf, exportLinesOf, type NewKey } from './key-files.ts'
import { texts } from './keys-texts.ts'
import { useUsers } from './lists.ts'
import { texts as common } from './texts.ts'

/**
 * Creates an access key and displays its secret once.
 * @param owner the initially selected RAM user, or '' for the account itself
 */
export function CreateKey({ owner, onClose }: { readonly owner: string; readonly onClose: () => void }) {
  const words = { ...useTexts(common), ...useTexts(texts) }
  useRestoreFocus()
  const { users } = useUsers()
  const [whose, setWhose] = useState(owner)
  const { mutate, data, isPending, error } = useApiMutation('CreateAccessKey', ['ListAccessKeys'])
  if (data !== undefined) return <MadeKey made={data.Data} onClose={onClose} />
  return (
    <Modal
      open
      title={words.create}
      okText={words.create}
      cancelText={words.cancel}
      confirmLoading={isPending}
      onOk={() => mutate({ UserName: whose })}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={words.whose} htmlFor="whose">
          <Select
            id="whose"
            value={whose}
            onChange={setWhose}
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: '', label: words.account },
              ...(users ?? []).map(({ UserName }) => ({ value: UserName, label: UserName })),
            ]}
          />
        </Form.Item>
      </Form>
      {error !== null && <Problem error={error} />}
    </Modal>
  )
}

/** Closes only by its button, because the secret can't be displayed again. */
function MadeKey({ made, onClose }: { readonly made: NewKey; readonly onClose: () => void }) {
  const words = useTexts(texts)
  const tellProblem = useShowProblem()
  const [isCopied, setCopied] = useState(false)
  const { AccessKeyId, AccessKeySecret, UserName } = made
  return (
    <Modal
      open
      title={words.madeOf(UserName ?? words.accountShort)}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {words.kept}
        </Button>
      }
    >
      <Flex vertical gap={16}>
        <Alert type="warning" showIcon title={words.onlyNow} description={words.keepIt} />
        <Descriptions
          bordered
          size="small"
          column={1}
          items={[
            {
              key: 'id',
              label: 'AccessKeyId',
              children: <Copyable text={AccessKeyId} what="AccessKeyId" />,
            },
            {
              key: 'secret',
              label: 'AccessKeySecret',
              children: <Secret name="AccessKeySecret" value={AccessKeySecret} />,
            },
          ]}
        />
        <Flex wrap gap={8}>
          <Button
            size="small"
            icon={<DownloadOutlined />}
            onClick={() =>
              save(
                new Blob([csvOf(made)], { type: 'text/csv;charset=utf-8' }),
                `AccessKey-${AccessKeyId}.csv`,
              )
            }
          >
            {words.asCsv}
          </Button>
          <Button
            size="small"
            icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
            onClick={() => copyText(exportLinesOf(made)).then(() => setCopied(true), tellProblem)}
          >
            {isCopied ? words.exportsCopied : words.asExports}
          </Button>
        </Flex>
      </Flex>
    </Modal>
  )
}
