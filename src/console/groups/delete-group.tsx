import { App, Modal, Typography } from 'antd'
import { useApiMutation } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { type Group, listsOfMembers } from './group.ts'
import { texts } from './texts.ts'

/** Deletes a group after a question; its devices stay. */
export function DeleteGroup(props: {
  readonly instance: string
  readonly group: Group
  readonly close: () => void
  readonly deleted: () => void
}) {
  useRestoreFocus()
  const { instance, group, close, deleted } = props
  const words = useTexts(texts)
  const { message } = App.useApp()
  const { mutate, isPending, error } = useApiMutation('DeleteDeviceGroup', [
    'QueryDeviceGroupList',
    ...listsOfMembers.filter((query) => query === 'QueryDeviceGroupByDevice'),
  ])
  return (
    <Modal
      open
      title={words.deleteTitle(group.GroupName)}
      okText={words.delete}
      okButtonProps={{ danger: true }}
      cancelText={words.cancel}
      confirmLoading={isPending}
      onCancel={close}
      onOk={() =>
        mutate(
          { IotInstanceId: instance, GroupId: group.GroupId },
          {
            onSuccess: () => {
              message.success(words.deleted(group.GroupName))
              deleted()
            },
          },
        )
      }
    >
      <Typography.Paragraph>{words.deleteMeans}</Typography.Paragraph>
      {error !== null && <Problem error={error} />}
    </Modal>
  )
}
