import { Flex, Form, Input, Select, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { platforms, presetOf } from '../../device-files/presets/presets.ts'
import { type Fix, fixes, visible } from '../../device-files/reshape/fixes.ts'
import { InvalidRecipe, writeRecipe } from '../../device-files/reshape/recipe.ts'
import type { Condition, Recipes, Reshape, SecretRule } from '../../device-files/reshape/reshape.ts'
import { parseAssignment, parseCondition } from '../../device-files/reshape/written.ts'
import { useClearButton } from '../shell/clear.tsx'
import { randomId } from '../shell/connection.ts'
import { useTexts } from '../shell/language.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import type { Becoming, Preview, Reading } from './messages.ts'
import { texts } from './reshape-texts.ts'

/** How the rows become devices: the platform of the export, fixes, secrets, and values made of columns. */
export function ReshapeOptions({
  preview,
  reading,
  reread,
  isFixed,
}: {
  readonly preview: Preview | undefined
  readonly reading: Reading
  readonly reread: (reading: Reading) => void
  readonly isFixed: boolean
}) {
  const words = useTexts(texts)
  const clear = useClearButton()
  const { reshape = {} } = reading
  const { from, fixes: chosen = [], secret } = reshape
  const change = (part: Partial<Reshape>, rest: Partial<Reading> = {}) =>
    reread({ ...reading, ...rest, reshape: given({ ...reshape, ...part }) })
  const chooseSecrets = (kind: SecretRule['kind'] | 'file') => {
    if (kind === 'file') return change({ secret: undefined })
    const rule: SecretRule = kind === 'generate' ? { kind } : { kind, column: undefined }
    change({ secret: rule }, { secretSeed: reading.secretSeed ?? randomId() + randomId() })
  }
  return (
    <Form layout="vertical" component="div" disabled={isFixed}>
      <Flex gap={12} wrap>
        <Labelled id="platform" label={words.platform}>
          <Select
            id="import-platform"
            value={from ?? ''}
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: '', label: words.noPlatform },
              ...platforms.map((it) => ({ value: it, label: presetOf(it)!.title })),
            ]}
            onChange={(value) => change({ from: value === '' ? undefined : value }, { map: {} })}
          />
        </Labelled>
        <Labelled id="fixes" label={words.fixes}>
          <Select
            id="import-fixes"
            mode="multiple"
            allowClear={clear}
            placeholder={words.noFixes}
            value={[...chosen]}
            options={fixes.map((it) => ({ value: it, label: words.fixNames[it] }))}
            onChange={(next: Fix[]) => change({ fixes: next })}
          />
        </Labelled>
        <Labelled id="secrets" label={words.secrets}>
          <Select
            id="import-secrets"
            value={secret?.kind ?? 'file'}
            options={[
              { value: 'file', label: words.fromFile },
              { value: 'generate', label: words.generate },
              { value: 'derive', label: words.derive },
            ]}
            onChange={chooseSecrets}
          />
        </Labelled>
        {secret?.kind === 'derive' && (
          <Labelled id="key-column" label={words.keyColumn}>
            <Select
              id="import-key-column"
              allowClear={clear}
              placeholder={words.keyColumnMeans}
              value={secret.column ?? null}
              options={(preview?.mayBeDevice ? [] : (preview?.columns ?? [])).map((name) => ({
                value: name,
                label: name,
              }))}
              onChange={(column: string | undefined) => change({ secret: { kind: 'derive', column } })}
            />
          </Labelled>
        )}
        <Lines
          id="recipes"
          label={words.recipes}
          means={words.recipesMeans}
          value={writtenRecipes(reshape.set)}
          isFixed={isFixed}
          parse={(lines) => change({ set: recipesIn(lines) })}
        />
        <Lines
          id="where"
          label={words.where}
          means={words.whereMeans}
          value={writtenConditions(reshape.where)}
          isFixed={isFixed}
          parse={(lines) => change({ where: lines.map(parseCondition) })}
        />
      </Flex>
    </Form>
  )
}

/** Without what is not chosen: it is compared with others as JSON. */
const given = (reshape: Reshape): Reshape =>
  Object.fromEntries(
    Object.entries(reshape).filter(
      ([, value]) =>
        value !== undefined && (typeof value !== 'object' || Object.values(value as object).length > 0),
    ),
  )

const writtenRecipes = (set: Recipes = {}) =>
  Object.entries(set).flatMap(([target, some]) => some!.map((recipe) => `${target} = ${writeRecipe(recipe)}`))

const writtenConditions = (where: readonly Condition[] = []) =>
  where.map(({ column, isEqual, value }) => `${column}${isEqual ? '=' : '!='}${value}`)

function recipesIn(lines: readonly string[]): Recipes {
  const set: { [target: string]: Recipes[keyof Recipes] } = {}
  for (const line of lines) {
    const { target, recipe } = parseAssignment(line)
    set[target] = [...(set[target] ?? []), recipe]
  }
  return set
}

/** A text of one entry per line, which counts once it is left. */
function Lines({
  id,
  label,
  means,
  value,
  isFixed,
  parse,
}: {
  readonly id: string
  readonly label: string
  readonly means: string
  readonly value: readonly string[]
  readonly isFixed: boolean
  /** @throws InvalidRecipe */
  readonly parse: (lines: readonly string[]) => void
}) {
  const words = useTexts(texts)
  const [text, setText] = useState<string>()
  const [wrong, setWrong] = useState<string>()
  const shown = text ?? value.join('\n')
  const use = () => {
    const lines = (text ?? '').split('\n').map((line) => line.trim())
    const filled = lines.filter((line) => line !== '')
    try {
      if (text !== undefined && filled.join('\n') !== value.join('\n')) parse(filled)
      setText(undefined)
      setWrong(undefined)
    } catch (error) {
      if (!(error instanceof InvalidRecipe)) throw error
      setWrong(words.wrongLine(error.word, error.message))
    }
  }
  return (
    <Labelled id={id} label={label} isWide help={wrong ?? means} isWrong={wrong !== undefined}>
      <Input.TextArea
        id={`import-${id}`}
        className="mono"
        // Measuring the text would need inline styles, which the page's policy forbids.
        rows={Math.min(6, Math.max(2, shown.split('\n').length))}
        wrap="off"
        spellCheck={false}
        disabled={isFixed}
        value={shown}
        onChange={({ target }) => setText(target.value)}
        onBlur={use}
      />
    </Labelled>
  )
}

function Labelled({
  id,
  label,
  isWide = false,
  help,
  isWrong = false,
  children,
}: {
  readonly id: string
  readonly label: string
  readonly isWide?: boolean
  readonly help?: string
  readonly isWrong?: boolean
  readonly children: ReactNode
}) {
  return (
    <Form.Item
      label={label}
      htmlFor={`import-${id}`}
      {...(help !== undefined && { help })}
      {...(isWrong && { validateStatus: 'error' })}
      style={{ margin: 0, flex: isWide ? '1 1 360px' : '0 1 240px', minWidth: 200 }}
    >
      {children}
    </Form.Item>
  )
}

/** Describes what the first rows of a reshaped file become, without their secrets. */
export function BecomesTable({ becomes }: { readonly becomes: readonly Becoming[] }) {
  const words = useTexts(texts)
  return (
    <Flex vertical gap={6}>
      <Typography.Title level={3} style={{ fontSize: 14, margin: 0 }}>
        {words.becomes}
      </Typography.Title>
      <WideTable
        aria-label={words.becomes}
        size="small"
        pagination={false}
        rowKey="line"
        dataSource={becomes.map(({ tags = {}, name, nameBefore, ...row }) => ({
          ...row,
          name: name === nameBefore ? visible(name) : `${visible(nameBefore)} → ${visible(name)}`,
          tags: Object.entries(tags)
            .map(([key, value]) => `${key}=${value}`)
            .join(', '),
        }))}
        columns={[
          { title: words.line, dataIndex: 'line' },
          { title: words.name, dataIndex: 'name', className: 'mono' },
          { title: 'Sn', dataIndex: 'sn', className: 'mono' },
          { title: words.nickname, dataIndex: 'nickname' },
          { title: words.tags, dataIndex: 'tags' },
        ]}
      />
    </Flex>
  )
}
