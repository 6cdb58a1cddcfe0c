import { Alert, Collapse, Flex, Form, Radio, Select, Typography } from 'antd'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { grantable, revealing } from './grantable.ts'
import {
  allowedOf,
  type Permissions,
  type Preset,
  patternsMax,
  permissionsOf,
  presetOf,
  presets,
  readOnly,
  wrongPattern,
} from './permissions.ts'
import { texts } from './users-texts.ts'

/** Permissions being edited. */
export interface Choice {
  readonly preset: Preset
  /** The patterns of `some`, kept while another preset is selected. */
  readonly chosen: readonly string[]
}

export const choiceOf = (permissions: Permissions): Choice => ({
  preset: presetOf(permissions),
  chosen: permissions ?? [],
})
export const chosenIn = ({ preset, chosen }: Choice): Permissions => permissionsOf(preset, chosen)

/** Returns a function that describes what is wrong with a choice; undefined if it is valid. */
export function useComplaint(): (choice: Choice) => string | undefined {
  const words = useTexts(texts)
  return ({ preset, chosen }) => {
    if (preset !== 'some') return undefined
    if (chosen.length === 0) return words.noneChosen
    if (chosen.length > patternsMax) return words.tooMany
    const wrong = wrongPattern(chosen, grantable)
    return wrong && words[wrong.why](wrong.pattern)
  }
}

/** Edits the permissions of a RAM user, and shows the resulting operations. */
export function PermissionsChoice({
  value,
  onChange,
  complaint,
}: {
  readonly value: Choice
  readonly onChange: (choice: Choice) => void
  /** Displayed beside the patterns. */
  readonly complaint: string | undefined
}) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const { preset, chosen } = value
  const allowed = allowedOf(chosenIn(value), grantable)
  const secret = allowed.filter((action) => revealing.includes(action))
  return (
    <Flex vertical gap={12}>
      <Form.Item label={words.permissions} style={{ marginBottom: 0 }}>
        <Radio.Group
          aria-label={words.permissions}
          value={preset}
          onChange={({ target }) => onChange({ ...value, preset: target.value })}
        >
          <Flex vertical gap={8}>
            {presets.map((name) => (
              <Radio key={name} value={name}>
                {words.presets[name]}
                <br />
                <Typography.Text type="secondary">{words.presetMeans[name]}</Typography.Text>
              </Radio>
            ))}
          </Flex>
        </Radio.Group>
      </Form.Item>
      {preset === 'some' && (
        <Form.Item
          label={words.patterns}
          htmlFor="patterns"
          style={{ marginBottom: 0 }}
          {...(complaint !== undefined && { validateStatus: 'error', help: complaint })}
        >
          {/*
           * Tab would select the highlighted option and so remove a pattern that was just entered; here it
           * only leaves the field.
           */}
          <div onKeyDownCapture={(event) => event.key === 'Tab' && event.stopPropagation()}>
            <Select
              id="patterns"
              mode="tags"
              className="mono"
              value={[...chosen]}
              onChange={(patterns) => onChange({ ...value, chosen: patterns.map((it) => it.trim()) })}
              tokenSeparators={[',', ' ', '，', '\n']}
              placeholder={words.patternsHint}
              options={[...new Set([...readOnly, ...grantable.map((name) => `iot:${name}`)])].map(
                (pattern) => ({
                  value: pattern,
                  label: <span className="mono">{pattern}</span>,
                }),
              )}
            />
          </div>
        </Form.Item>
      )}
      {secret.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={words.secrets(secret.length, count(secret.length))}
          description={<span className="mono">{secret.join(', ')}</span>}
        />
      )}
      <Collapse
        size="small"
        items={[
          {
            key: 'allowed',
            label: words.allows(count(allowed.length), count(grantable.length)),
            children: (
              <ul
                className="mono"
                style={{ margin: 0, paddingInlineStart: 20, maxHeight: 200, overflow: 'auto' }}
              >
                {allowed.map((action) => (
                  <li key={action}>{action}</li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Flex>
  )
}
