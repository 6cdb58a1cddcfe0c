import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Flex, Form, Input, Modal, Space, Typography } from 'antd'
import { useState } from 'react'
import { ActionButton } from '../shell/action-button.tsx'
import { scrollToFirstError } from '../shell/first-fault.ts'
import { FirstInput } from '../shell/first-input.tsx'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { useFieldRule } from './field-rule.ts'
import { texts as ruleTexts } from './rule-texts.ts'
import { texts as tagTexts } from './tag-texts.ts'
import { texts } from './texts.ts'

export interface Tag {
  readonly key: string
  readonly value: string
}

/** The tag operations, which differ between products and devices. */
export interface TagDoings {
  readonly max: number
  readonly fields: {
    readonly key: 'ProductTagKey' | 'DeviceTagKey'
    readonly value: 'ProductTagValue' | 'DeviceTagValue'
  }
  /** The operations that add, change and remove a tag. */
  readonly actions: { readonly add: string; readonly change: string; readonly remove: string }
  add(tag: Tag): Promise<unknown>
  change(tag: Tag): Promise<unknown>
  remove(key: string): Promise<unknown>
}

/** Edits a list of tags. */
export function Tags({ tags, doings }: { readonly tags: readonly Tag[]; readonly doings: TagDoings }) {
  const words = { ...useTexts(texts), ...useTexts(tagTexts) }
  const { modal } = App.useApp()
  // An existing key edits that tag.
  const [edited, setEdited] = useState<{ readonly tag?: Tag }>()
  const { actions, max } = doings
  return (
    <Flex wrap gap={8} align="center">
      {tags.map((tag) => (
        <Space.Compact key={tag.key} size="small">
          <ActionButton
            actions={[actions.change]}
            size="small"
            className="mono"
            aria-label={words.change(tag.key)}
            onClick={() => setEdited({ tag })}
            style={{ height: 'auto', whiteSpace: 'normal', wordBreak: 'break-all', textAlign: 'start' }}
          >
            {tag.key}={tag.value}
          </ActionButton>
          <ActionButton
            actions={[actions.remove]}
            size="small"
            icon={<CloseOutlined />}
            aria-label={words.remove(tag.key)}
            style={{ height: 'auto' }}
            onClick={() =>
              modal.confirm({
                title: words.removeTitle(tag.key),
                content: (
                  <Typography.Text className="mono">
                    {tag.key}={tag.value}
                  </Typography.Text>
                ),
                okText: words.delete,
                okButtonProps: { danger: true },
                cancelText: words.cancel,
                // The mutation reports its own errors; the dialog closes in any case.
                onOk: () => doings.remove(tag.key).catch(() => {}),
              })
            }
          />
        </Space.Compact>
      ))}
      <ActionButton
        actions={[actions.add]}
        unless={tags.length >= max ? words.full(max) : undefined}
        size="small"
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => setEdited({})}
      >
        {words.add}
      </ActionButton>
      {edited !== undefined && (
        <EditTag
          tag={edited.tag}
          taken={tags.map(({ key }) => key)}
          doings={doings}
          close={() => setEdited(undefined)}
        />
      )}
    </Flex>
  )
}

function EditTag({
  tag,
  taken,
  doings,
  close,
}: {
  readonly tag: Tag | undefined
  readonly taken: readonly string[]
  readonly doings: TagDoings
  readonly close: () => void
}) {
  useRestoreFocus()
  const words = { ...useTexts(texts), ...useTexts(ruleTexts), ...useTexts(tagTexts) }
  const rule = useFieldRule()
  // The key of an edited tag is fixed.
  const Value = tag === undefined ? Input : FirstInput
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()

  async function submit(typed: Tag) {
    setBusy(true)
    try {
      await (tag === undefined ? doings.add(typed) : doings.change({ ...typed, key: tag.key }))
      close()
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }

  return (
    <Modal
      open
      onCancel={close}
      title={tag === undefined ? words.addTitle : words.changeTitle(tag.key)}
      footer={
        <>
          <Button onClick={close}>{words.cancel}</Button>
          <Button type="primary" htmlType="submit" form="edit-tag" loading={isBusy}>
            {words.save}
          </Button>
        </>
      }
    >
      <Form<Tag>
        id="edit-tag"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={scrollToFirstError}
        onFinish={(typed) => void submit(typed)}
        initialValues={tag ?? { key: '', value: '' }}
      >
        {tag === undefined && (
          <Form.Item
            name="key"
            label={words.key}
            extra={words.rules[doings.fields.key]}
            rules={[
              { required: true, message: words.required(words.key) },
              rule(doings.fields.key),
              {
                validator: async (_, key: string) => {
                  if (taken.includes(key)) throw new Error(words.exists(key))
                },
              },
            ]}
          >
            <FirstInput className="mono" autoComplete="off" autoCapitalize="off" />
          </Form.Item>
        )}
        <Form.Item
          name="value"
          label={words.value}
          extra={words.rules[doings.fields.value]}
          rules={[{ required: true, message: words.required(words.value) }, rule(doings.fields.value)]}
        >
          <Value className="mono" autoComplete="off" autoCapitalize="off" />
        </Form.Item>
        {error !== undefined && <Problem error={error} />}
      </Form>
    </Modal>
  )
}
