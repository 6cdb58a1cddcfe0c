import { Flex, Form, Input, Select, Typography } from 'antd'
import { useApiQuery } from '../shell/api-query.ts'
import { FirstInput } from '../shell/first-input.tsx'
import { useTexts } from '../shell/language.tsx'
import { type Change, type Doing, nicknameOf } from './bulk.ts'
import { isValid } from './is-valid.ts'
import { texts } from './many-texts.ts'
import { texts as ruleTexts } from './rule-texts.ts'

/** A change whose input is empty. */
export function blankChange(doing: Doing): Change {
  switch (doing) {
    case 'SaveDeviceProp':
      return { doing, key: '', value: '' }
    case 'DeleteDeviceProp':
      return { doing, key: '' }
    case 'BatchAddDeviceGroupRelations':
    case 'BatchDeleteDeviceGroupRelations':
      return { doing, groupId: '' }
    case 'BatchUpdateDeviceNickname':
      return { doing, pattern: '' }
    default:
      return { doing }
  }
}

/** Returns what is wrong with the input of a change on a number of devices; undefined if it can be made. */
export function useComplaint(change: Change, count: number): string | undefined {
  const words = useTexts(texts)
  const { rules, mustBe } = useTexts(ruleTexts)
  switch (change.doing) {
    case 'SaveDeviceProp':
      if (!isValid('DeviceTagKey', change.key)) return mustBe(rules.DeviceTagKey)
      return isValid('DeviceTagValue', change.value) && change.value !== ''
        ? undefined
        : mustBe(rules.DeviceTagValue)
    case 'DeleteDeviceProp':
      return change.key === '' ? words.keyFirst : undefined
    case 'BatchAddDeviceGroupRelations':
    case 'BatchDeleteDeviceGroupRelations':
      return change.groupId === '' ? words.groupFirst : undefined
    case 'BatchUpdateDeviceNickname': {
      const longest = nicknameOf(change.pattern, count, count)
      return longest === '' || isValid('ChangedNickname', longest) ? undefined : mustBe(rules.ChangedNickname)
    }
    default:
      return undefined
  }
}

/** The input of a change: a tag, a group or a nickname. */
export function ChangeInput(props: {
  readonly instance: string
  readonly change: Change
  readonly complaint: string | undefined
  readonly onChange: (change: Change) => void
  readonly submit: () => void
}) {
  const { instance, change, complaint, onChange, submit } = props
  const words = useTexts(texts)
  const status = complaint === undefined ? {} : ({ validateStatus: 'error', help: complaint } as const)
  switch (change.doing) {
    case 'SaveDeviceProp':
      return (
        <Form layout="vertical">
          <Flex gap={12}>
            <Form.Item label={words.tagKey} htmlFor="bulk-tag-key" style={{ flex: 1 }} {...status}>
              <FirstInput
                id="bulk-tag-key"
                className="mono"
                autoComplete="off"
                value={change.key}
                onChange={({ target }) => onChange({ ...change, key: target.value.trim() })}
              />
            </Form.Item>
            <Form.Item label={words.tagValue} htmlFor="bulk-tag-value" style={{ flex: 1 }}>
              <Input
                id="bulk-tag-value"
                className="mono"
                autoComplete="off"
                value={change.value}
                onChange={({ target }) => onChange({ ...change, value: target.value })}
                onPressEnter={submit}
              />
            </Form.Item>
          </Flex>
        </Form>
      )
    case 'DeleteDeviceProp':
      return (
        <Form layout="vertical">
          <Form.Item label={words.tagKey} htmlFor="bulk-tag-key" {...status}>
            <FirstInput
              id="bulk-tag-key"
              className="mono"
              autoComplete="off"
              value={change.key}
              onChange={({ target }) => onChange({ ...change, key: target.value.trim() })}
              onPressEnter={submit}
            />
          </Form.Item>
        </Form>
      )
    case 'BatchUpdateDeviceNickname':
      return (
        <Form layout="vertical">
          <Form.Item label={words.nickname} htmlFor="bulk-nickname" extra={words.nicknameHint} {...status}>
            <FirstInput
              id="bulk-nickname"
              autoComplete="off"
              value={change.pattern}
              onChange={({ target }) => onChange({ ...change, pattern: target.value })}
              onPressEnter={submit}
            />
          </Form.Item>
        </Form>
      )
    case 'BatchAddDeviceGroupRelations':
    case 'BatchDeleteDeviceGroupRelations':
      return (
        <Form layout="vertical">
          <Form.Item label={words.group} htmlFor="bulk-group" {...status}>
            <GroupChoice
              instance={instance}
              value={change.groupId}
              onChange={(groupId) => onChange({ ...change, groupId })}
            />
          </Form.Item>
        </Form>
      )
    default:
      return null
  }
}

/** Selects one of the newest 200 groups of an instance by its name. */
function GroupChoice(props: {
  readonly instance: string
  readonly value: string
  readonly onChange: (groupId: string) => void
}) {
  const { instance, value, onChange } = props
  const words = useTexts(texts)
  const { data, isPending } = useApiQuery('QueryDeviceGroupList', {
    IotInstanceId: instance,
    CurrentPage: 1,
    PageSize: 200,
  })
  const groups = data?.Data?.GroupInfo ?? []
  return (
    <Select
      id="bulk-group"
      autoFocus
      showSearch={{ optionFilterProp: 'name' }}
      loading={isPending}
      value={value || null}
      placeholder={words.groupFirst}
      onChange={onChange}
      options={groups.map(({ GroupId, GroupName }) => ({
        value: GroupId,
        name: `${GroupName} ${GroupId}`,
        label: (
          <>
            {GroupName} <Typography.Text type="secondary">{GroupId}</Typography.Text>
          </>
        ),
      }))}
    />
  )
}
