import { App, Form, Input, Modal } from 'antd'
import { useLocation } from 'wouter'
import { groupDescriptionMax, groupNameFormat, isGroupName } from '../../rules/group-fields.ts'
import { useApiMutation } from '../shell/api-query.ts'
import { scrollToFirstError } from '../shell/first-fault.ts'
import { FirstInput } from '../shell/first-input.tsx'
import { useLanguage, useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { type Group, groupPath, listsOfGroups } from './group.ts'
import { texts } from './texts.ts'

interface Fields {
  readonly GroupName?: string
  readonly GroupDesc?: string
}

/** Creates a group and opens it, or changes the description of one: its name is fixed. */
export function GroupForm(props: {
  readonly instance: string
  /** The group to change. */
  readonly group?: Group
  readonly superGroupId?: string
  readonly close: () => void
}) {
  useRestoreFocus()
  const { instance, group, superGroupId, close } = props
  const words = useTexts(texts)
  const nameRule = groupNameFormat[useLanguage().language]
  const { message } = App.useApp()
  const [, go] = useLocation()
  const action = group === undefined ? 'CreateDeviceGroup' : 'UpdateDeviceGroup'
  const { mutate, isPending, error } = useApiMutation(action, listsOfGroups)
  const Description = group === undefined ? Input : FirstInput

  const submit = (fields: Fields) =>
    mutate(
      { IotInstanceId: instance, GroupId: group?.GroupId, SuperGroupId: superGroupId, ...fields },
      {
        onSuccess: (answer) => {
          message.success(group === undefined ? words.wasCreated(fields.GroupName!) : words.saved)
          close()
          if ('Data' in answer) go(groupPath(instance, answer.Data.GroupId))
        },
      },
    )

  return (
    <Modal
      open
      title={
        group !== undefined
          ? words.editOf(group.GroupName)
          : superGroupId === undefined
            ? words.create
            : words.createSub
      }
      okText={group === undefined ? words.create : words.save}
      cancelText={words.cancel}
      okButtonProps={{ htmlType: 'submit', form: 'group-form' }}
      confirmLoading={isPending}
      onCancel={close}
    >
      <Form<Fields>
        id="group-form"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={scrollToFirstError}
        initialValues={{ GroupDesc: group?.GroupDesc }}
        onFinish={submit}
      >
        {group === undefined && (
          <Form.Item
            name="GroupName"
            label={words.name}
            extra={nameRule}
            rules={[
              {
                validator: async (_, name: string = '') => {
                  if (!isGroupName(name)) throw new Error(words.nameRule(nameRule))
                },
              },
            ]}
          >
            <FirstInput autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item
          name="GroupDesc"
          label={words.description}
          rules={[{ max: groupDescriptionMax, message: words.descriptionRule(groupDescriptionMax) }]}
        >
          <Description autoComplete="off" />
        </Form.Item>
        {error !== null && <Problem error={error} />}
      </Form>
    </Modal>
  )
}
