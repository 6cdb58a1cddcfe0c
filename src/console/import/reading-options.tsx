import { Flex, Form, Input, InputNumber, Select, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { type Allowance, allowances } from '../../device-files/faults.ts'
import { encodings, whitespace } from '../../device-files/formats.ts'
import { useClearButton } from '../shell/clear.tsx'
import type { ImportError, Preview, Reading } from './messages.ts'
import { useWords } from './texts.ts'

/** The delimiters offered; the user may type another character. */
const delimiters = [',', '\t', ';', '|', whitespace, ':', '^', '~', '，'] as const

/** The detected or chosen reading options, with controls to change them. */
export function ReadingOptions({
  preview,
  unreadable,
  reading,
  reread,
  isFixed,
}: {
  readonly preview: Preview | undefined
  readonly unreadable: ImportError | undefined
  readonly reading: Reading
  readonly reread: (reading: Reading) => void
  readonly isFixed: boolean
}) {
  const words = useWords()
  const sheets = preview?.sheets ?? sheetsIn(unreadable)
  const isJson = preview?.format === 'json' || preview?.format === 'jsonl' || isOfJson(unreadable)
  const format = preview?.format ?? (sheets && 'xlsx')
  // Column mappings don't apply if the text is read differently.
  const change = (part: Partial<Reading>) => reread(without({ ...reading, map: {}, ...part }))
  const isText = format !== 'xlsx'
  const isDelimited = !isJson && (format === undefined || format === 'csv' || format === 'tsv')
  const { encoding, delimiter, header, skipLines, allow } = reading
  return (
    <Form layout="vertical" component="div" disabled={isFixed}>
      <Flex gap={12} wrap>
        {isText && (
          <Choice
            id="encoding"
            label={words.encoding}
            value={encoding ?? preview?.encoding}
            options={encodings.map((name) => ({ value: name, label: name.toUpperCase() }))}
            isGiven={encoding !== undefined}
            change={(value) => change({ encoding: value })}
          />
        )}
        {isDelimited && (
          <Delimiter
            value={delimiter ?? preview?.delimiter}
            isGiven={delimiter !== undefined}
            change={(value) => change({ delimiter: value })}
          />
        )}
        {sheets !== undefined && (
          <Sheets
            sheets={sheets}
            value={reading.sheets ?? preview?.read ?? []}
            isGiven={reading.sheets !== undefined}
            change={(value) => change({ sheets: value.length === 0 ? undefined : value } as Partial<Reading>)}
          />
        )}
        {isJson && (
          <RowsPath
            value={reading.rows ?? preview?.rowsPath ?? ''}
            isGiven={reading.rows !== undefined}
            isFixed={isFixed}
            change={(value) => change({ rows: value === '' ? undefined : value } as Partial<Reading>)}
          />
        )}
        {!isJson && (
          <Choice
            id="header"
            label={words.firstLine}
            value={header ?? preview?.hasHeader}
            options={[
              { value: true, label: words.isHeader },
              { value: false, label: words.isDevice },
            ]}
            isGiven={header !== undefined}
            change={(value) => change({ header: value })}
          />
        )}
        {!isJson && (
          <Labelled id="skip" label={words.skipLines} isGiven={skipLines !== undefined}>
            <InputNumber
              controls={false}
              id="import-skip"
              min={0}
              max={1_000_000}
              precision={0}
              value={skipLines ?? 0}
              style={{ width: '100%' }}
              onChange={(value) => change({ skipLines: value ? value : undefined } as Partial<Reading>)}
            />
          </Labelled>
        )}
        <Allowed value={allow ?? []} change={(value) => change({ allow: value, map: reading.map })} />
      </Flex>
    </Form>
  )
}

/** Removes undefined options, because options are compared as JSON. */
const without = (reading: Reading): Reading =>
  Object.fromEntries(
    Object.entries(reading).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as unknown as Reading

/** The sheets of a workbook that could not be read. */
function sheetsIn(importError: ImportError | undefined): readonly string[] | undefined {
  return importError?.kind === 'unreadable' && 'sheets' in importError.why
    ? importError.why.sheets
    : undefined
}

const isOfJson = (importError: ImportError | undefined) =>
  importError?.kind === 'unreadable' &&
  /^(AmbiguousRows|NoSuchRows|LargeDocument|NotJson|NotAnObject)$/.test(importError.why.code)

function Labelled({
  id,
  label,
  isGiven,
  isRecognised = false,
  children,
}: {
  readonly id: string
  readonly label: string
  readonly isGiven: boolean
  readonly isRecognised?: boolean
  readonly children: ReactNode
}) {
  const words = useWords()
  return (
    <Form.Item
      label={
        <>
          {label}
          <Typography.Text type="secondary" style={{ marginInlineStart: 6, fontSize: 12 }}>
            {isGiven ? words.given : isRecognised && words.recognised}
          </Typography.Text>
        </>
      }
      htmlFor={`import-${id}`}
      style={{ margin: 0, flex: '0 1 190px', minWidth: 150 }}
    >
      {children}
    </Form.Item>
  )
}

function Choice<T extends string | boolean>({
  id,
  label,
  value,
  options,
  isGiven,
  change,
}: {
  readonly id: string
  readonly label: string
  readonly value: T | undefined
  readonly options: { value: T; label: string }[]
  /** True if the user chose it. */
  readonly isGiven: boolean
  readonly change: (value: T) => void
}) {
  return (
    <Labelled id={id} label={label} isGiven={isGiven} isRecognised={value !== undefined}>
      <Select
        id={`import-${id}`}
        value={value ?? null}
        options={options}
        onChange={(next) => change(next as T)}
      />
    </Labelled>
  )
}

/** Selects a common delimiter or any typed character. */
function Delimiter({
  value,
  isGiven,
  change,
}: {
  readonly value: string | undefined
  readonly isGiven: boolean
  readonly change: (value: string) => void
}) {
  const words = useWords()
  const [typed, setTyped] = useState('')
  const known: readonly string[] = delimiters
  const isOther = (text: string | undefined) =>
    text !== undefined && [...text].length === 1 && !known.includes(text) && !/["\r\n]/.test(text)
  const others = [value, typed].filter((text) => isOther(text)) as string[]
  return (
    <Labelled id="delimiter" label={words.delimiter} isGiven={isGiven} isRecognised={value !== undefined}>
      <Select
        id="import-delimiter"
        value={value ?? null}
        showSearch={{ onSearch: setTyped, optionFilterProp: 'label' }}
        options={[...delimiters, ...new Set(others)].map((it) => ({
          value: it,
          label: words.delimiters[it as (typeof delimiters)[number]] ?? it,
        }))}
        onChange={(next) => change(next as string)}
      />
    </Labelled>
  )
}

/** Selects the sheets to read, in order. */
function Sheets({
  sheets,
  value,
  isGiven,
  change,
}: {
  readonly sheets: readonly string[]
  readonly value: readonly string[]
  readonly isGiven: boolean
  readonly change: (value: readonly string[]) => void
}) {
  const words = useWords()
  const clear = useClearButton()
  return (
    <Labelled id="sheet" label={words.sheet} isGiven={isGiven} isRecognised={value.length > 0}>
      <Select
        id="import-sheet"
        mode="multiple"
        allowClear={clear}
        value={[...value]}
        options={sheets.map((name) => ({ value: name, label: name }))}
        onChange={(next: string[]) => change(next)}
      />
    </Labelled>
  )
}

/** Selects the array of devices in a JSON document. */
function RowsPath({
  value,
  isGiven,
  isFixed,
  change,
}: {
  readonly value: string
  readonly isGiven: boolean
  readonly isFixed: boolean
  readonly change: (value: string) => void
}) {
  const words = useWords()
  const [text, setText] = useState<string>()
  const use = () => {
    if (text !== undefined && text.trim() !== value) change(text.trim())
    setText(undefined)
  }
  return (
    <Labelled id="rows" label={words.rowsPath} isGiven={isGiven} isRecognised={value !== ''}>
      <Input
        id="import-rows"
        className="mono"
        placeholder="data.devices"
        disabled={isFixed}
        value={text ?? value}
        onChange={({ target }) => setText(target.value)}
        onBlur={use}
        onPressEnter={use}
      />
    </Labelled>
  )
}

/** Selects the faults that are allowed. */
function Allowed({
  value,
  change,
}: {
  readonly value: readonly Allowance[]
  readonly change: (value: readonly Allowance[]) => void
}) {
  const words = useWords()
  const clear = useClearButton()
  return (
    <Labelled id="allow" label={words.allow} isGiven={value.length > 0}>
      <Select
        id="import-allow"
        mode="multiple"
        allowClear={clear}
        placeholder={words.allowNothing}
        value={[...value]}
        options={allowances.map((it) => ({ value: it, label: words.allowances[it] }))}
        onChange={(next: Allowance[]) => change(next)}
      />
    </Labelled>
  )
}
