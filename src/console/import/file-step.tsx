import { FileTextOutlined, InboxOutlined, SnippetsOutlined } from '@ant-design/icons'
import { Alert, Button, Flex, Input, Segmented, Typography, Upload } from 'antd'
import { memo, useEffect, useRef, useState } from 'react'
import type { Finding } from '../../device-files/notes.ts'
import { useNumberFormat } from '../shell/number-format.ts'
import { ImportErrorAlert } from './import-error.tsx'
import type { ImportError, Preview, Reading } from './messages.ts'
import { firstOf, pastedName, type Source } from './model.ts'
import { Notes } from './notes.tsx'
import { PreviewTable } from './preview-table.tsx'
import { Question } from './question.tsx'
import { ReadingOptions } from './reading-options.tsx'
import { BecomesTable, ReshapeOptions } from './reshape-options.tsx'
import { Step } from './step.tsx'
import { Templates } from './templates.tsx'
import { useWords } from './texts.ts'

/** The source of the devices: a file or pasted text, with its reading options. */
export const FileStep = memo(function FileStep({
  source,
  preview,
  unreadable,
  findings,
  reading,
  isFixed,
  isSettled,
  take,
  reread,
}: {
  readonly source: Source | undefined
  readonly preview: Preview | undefined
  /** Why it is unreadable. */
  readonly unreadable: ImportError | undefined
  readonly findings: readonly Finding[] | undefined
  readonly reading: Reading
  /** While an operation uses it. */
  readonly isFixed: boolean
  /** When the reading options are fixed, but another file may be chosen. */
  readonly isSettled: boolean
  readonly take: (source: Source | undefined) => void
  readonly reread: (reading: Reading) => void
}) {
  const words = useWords()
  const [way, setWay] = useState<'file' | 'paste'>(source?.isPasted ? 'paste' : 'file')
  const [shown, setShown] = useState(source)
  // The user may drop a file anywhere on the page.
  if (source !== shown) {
    setShown(source)
    if (source !== undefined) setWay(source.isPasted ? 'paste' : 'file')
  }
  return (
    <Step number={2} title={words.steps.file} isDone={preview !== undefined} extra={<Templates />}>
      <Flex vertical gap={12}>
        <Segmented
          aria-label={words.wayIn}
          value={way}
          onChange={setWay}
          disabled={isFixed}
          style={{ alignSelf: 'flex-start' }}
          options={[
            { value: 'file', label: words.aFile, icon: <FileTextOutlined /> },
            { value: 'paste', label: words.paste, icon: <SnippetsOutlined /> },
          ]}
        />
        {way === 'file' ? (
          <FileZone source={source} take={take} isFixed={isFixed} />
        ) : (
          <PasteArea source={source} take={take} isFixed={isFixed} />
        )}
        {unreadable !== undefined && <ImportErrorAlert importError={unreadable} />}
        {unreadable?.kind === 'unreadable' && (
          <Question why={unreadable.why} reading={reading} reread={reread} isFixed={isSettled} />
        )}
        {source !== undefined && (preview !== undefined || unreadable !== undefined) && (
          <>
            <ReshapeOptions {...{ preview, reading, reread, isFixed: isSettled }} />
            <ReadingOptions {...{ preview, unreadable, reading, reread, isFixed: isSettled }} />
          </>
        )}
        {preview !== undefined && (
          <>
            <Notes
              notes={preview.notes}
              isReport={preview.isReport}
              findings={findings ?? []}
              choosePlatform={
                isSettled
                  ? undefined
                  : (from) => reread({ ...reading, map: {}, reshape: { ...reading.reshape, from } })
              }
            />
            <PreviewTable preview={preview} />
            {preview.becomes !== undefined && <BecomesTable becomes={preview.becomes} />}
          </>
        )}
      </Flex>
    </Step>
  )
})

function FileZone({
  source,
  take,
  isFixed,
}: {
  readonly source: Source | undefined
  readonly take: (source: Source | undefined) => void
  readonly isFixed: boolean
}) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  const dropped = useRef<readonly File[]>(undefined)
  const named = source !== undefined && !source.isPasted && (
    <div style={{ wordBreak: 'break-all' }}>
      <strong>{source.name}</strong> · {numberFormat.size(source.size)}
    </div>
  )
  if (isFixed) return named
  return (
    // The drop zone passes only one file on before it reports the drop.
    <div
      onDropCapture={({ dataTransfer }) => {
        dropped.current = [...dataTransfer.files]
      }}
    >
      <Upload.Dragger
        accept=".csv,.tsv,.txt,.xlsx,.jsonl,.ndjson,.json,.gz"
        multiple={false}
        showUploadList={false}
        beforeUpload={(file) => {
          take(firstOf(dropped.current ?? [file]))
          dropped.current = undefined
          return false
        }}
      >
        {named ? (
          <FileTextOutlined aria-hidden style={{ fontSize: 22, opacity: 0.6 }} />
        ) : (
          <InboxOutlined aria-hidden style={{ fontSize: 28, opacity: 0.6 }} />
        )}
        <div style={{ marginTop: 4 }}>{named || words.drop}</div>
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {named ? words.dropOther : words.dropMore}
        </Typography.Text>
      </Upload.Dragger>
      {source?.passedOver !== undefined && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={words.oneFileAtATime(source.passedOver)}
          style={{ marginTop: 12 }}
        />
      )}
    </div>
  )
}

/** The number of characters above which a text area is slow. */
const shownMax = 100_000
/** Typed text is read after this pause, in milliseconds. */
const restMs = 300

function PasteArea({
  source,
  take,
  isFixed,
}: {
  readonly source: Source | undefined
  readonly take: (source: Source | undefined) => void
  readonly isFixed: boolean
}) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  const [text, setText] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (source === undefined) setText('')
  }, [source])
  const isLong = source?.isPasted === true && source.size > 0 && text === ''
  const use = (pasted: string) => {
    if (pasted.trim() === '') return take(undefined)
    const file = new Blob([pasted])
    take({ name: pastedName, size: file.size, file, isPasted: true })
  }
  if (isLong)
    return (
      <Alert
        type="info"
        title={words.pastedLong(numberFormat.size(source.size))}
        action={
          <Button size="small" disabled={isFixed} onClick={() => take(undefined)}>
            {words.clear}
          </Button>
        }
      />
    )
  return (
    <Input.TextArea
      className="mono"
      aria-label={words.pasteHere}
      placeholder={words.pasteHere}
      rows={6}
      disabled={isFixed}
      value={text}
      spellCheck={false}
      wrap="off"
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text/plain')
        const { value, selectionStart, selectionEnd } = event.currentTarget
        const whole = value.slice(0, selectionStart) + pasted + value.slice(selectionEnd)
        if (whole.length <= shownMax) return
        event.preventDefault()
        clearTimeout(timer.current)
        setText('')
        use(whole)
      }}
      onChange={(event) => {
        const { value } = event.target
        setText(value)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => use(value), restMs)
      }}
    />
  )
}
