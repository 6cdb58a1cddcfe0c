import { App, Form, Modal } from 'antd'
import { useState } from 'react'
import { userName } from '../../rules/identifiers.ts'
import { useApiMutation } from '../shell/api-query.ts'
import { scrollToFirstError } from '../shell/first-fault.ts'
import { FirstInput } from '../shell/first-input.tsx'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import type { User } from './lists.ts'
import { sentAs } from './permissions.ts'
import { choiceOf, chosenIn, PermissionsChoice, useComplaint } from './permissions-choice.tsx'
import { texts as common } from './texts.ts'
import { texts } from './users-texts.ts'

/**
 * Creates a RAM user, or changes a RAM user's permissions.
 * @param user undefined to create one
 * @param taken names in use
 */
export function EditUser({
  user,
  taken,
  onDone,
  onCancel,
}: {
  readonly user: User | undefined
  readonly taken: readonly string[]
  readonly onDone: (name: string) => void
  readonly onCancel: () => void
}) {
  useRestoreFocus()
  const words = { ...useTexts(common), ...useTexts(texts) }
  const { message } = App.useApp()
  const complaintOf = useComplaint()
  const [name, setName] = useState(user?.UserName ?? '')
  const [choice, setChoice] = useState(() =>
    user === undefined ? ({ preset: 'read', chosen: [] } as const) : choiceOf(user.AllowedActions?.Action),
  )
  const [isTold, setTold] = useState(false)
  const { mutate, isPending, error } = useApiMutation(
    user === undefined ? 'CreateUser' : 'SetUserPermissions',
    ['ListUsers'],
  )
  const nameComplaint =
    user !== undefined || userName.pattern.test(name)
      ? taken.includes(name) && user === undefined
        ? words.nameTaken(name)
        : undefined
      : name === ''
        ? words.nameless
        : words.nameRule
  const complaint = complaintOf(choice)
  const submit = () => {
    setTold(true)
    if (nameComplaint !== undefined || complaint !== undefined) {
      const faulty = document.getElementById(nameComplaint !== undefined ? 'user-name' : 'patterns')
      faulty?.scrollIntoView(scrollToFirstError)
      faulty?.focus()
      return
    }
    mutate(
      { UserName: name, ...sentAs(chosenIn(choice)) },
      {
        onSuccess: () => {
          if (user !== undefined) message.success(words.saved(name))
          onDone(name)
        },
      },
    )
  }
  return (
    <Modal
      open
      title={user === undefined ? words.create : words.editOf(user.UserName)}
      okText={user === undefined ? words.create : words.save}
      cancelText={words.cancel}
      confirmLoading={isPending}
      onOk={submit}
      onCancel={onCancel}
      mask={{ closable: false }}
    >
      <Form layout="vertical">
        {user === undefined && (
          <Form.Item
            label="UserName"
            htmlFor="user-name"
            {...(isTold && nameComplaint !== undefined
              ? { validateStatus: 'error', help: nameComplaint }
              : { extra: words.nameRule })}
          >
            <FirstInput
              id="user-name"
              className="mono"
              autoComplete="off"
              value={name}
              onChange={({ target }) => setName(target.value.trim())}
              onPressEnter={submit}
            />
          </Form.Item>
        )}
        <PermissionsChoice
          value={choice}
          onChange={setChoice}
          // An empty list is reported only when the user submits it.
          complaint={isTold || choice.chosen.length > 0 ? complaint : undefined}
        />
      </Form>
      {error !== null && (
        <div style={{ marginBlockStart: 12 }}>
          <Problem error={error} />
        </div>
      )}
    </Modal>
  )
}
