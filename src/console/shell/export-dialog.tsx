import { Alert, Button, Checkbox, Flex, Modal, Progress, Radio, Typography } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { sheetRowsMax, xlsxType } from '../../device-files/xlsx-writer.ts'
import { type ExportedRow, type ExportFormat, exportFormats, written } from '../../export/written.ts'
import type { ToExport } from './device-export.ts'
import { texts } from './export-texts.ts'
import { useTexts } from './language.tsx'
import { useNumberFormat } from './number-format.ts'
import { Problem } from './problem.tsx'
import { useRestoreFocus } from './restore-focus.ts'
import { save } from './save.ts'

type Course =
  | { readonly phase: 'asking' | 'stopped' | 'tooMany' }
  | {
      readonly phase: 'doing' | 'done'
      readonly count: number
      readonly total: number
      /** The operation that would have listed serial numbers. */
      readonly withoutSn?: string | undefined
    }
  | { readonly phase: 'failed'; readonly error: unknown }

/** Makes Excel read CSV as UTF-8. */
const byteOrderMark = '\ufeff'
const types: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv',
  jsonl: 'application/jsonl',
  xlsx: xlsxType,
}

/**
 * Exports devices to a file page by page, with their secrets only if the user asks for them here.
 * @param about description of the file's content
 * @param withMeans what including the secrets means
 * @param withoutMeans what omitting them means
 * @param file file name without extension
 */
export function ExportDialog(props: {
  readonly title: string
  readonly about: string
  readonly withMeans: string
  readonly withoutMeans: string
  readonly file: string
  readonly open: (withSecrets: boolean) => Promise<ToExport>
  readonly close: () => void
}) {
  useRestoreFocus()
  const { title, about, withMeans, withoutMeans, file, open, close } = props
  const words = useTexts(texts)
  const { count: number } = useNumberFormat()
  const [withSecrets, setWithSecrets] = useState(false)
  const [format, setFormat] = useState<ExportFormat>('csv')
  const fileName = `${file}.${format}`
  const [course, setCourse] = useState<Course>({ phase: 'asking' })
  const going = useRef<{ isStopped: boolean }>(undefined)
  // Leaving the page stops it too.
  useEffect(
    () => () => {
      if (going.current) going.current.isStopped = true
    },
    [],
  )

  async function run() {
    const own = { isStopped: false }
    going.current = own
    setCourse({ phase: 'doing', count: 0, total: 0 })
    const pieces: (string | Uint8Array<ArrayBuffer>)[] = []
    let count = 0
    try {
      const devices = await open(withSecrets)
      if (own.isStopped) return
      let total: number | undefined
      async function* counted(): AsyncGenerator<readonly ExportedRow[]> {
        for await (const rows of devices.pages) {
          yield rows
          count += rows.length
          total ??= devices.total()
          if (!own.isStopped) setCourse({ phase: 'doing', count, total })
        }
      }
      for await (const piece of written(format, devices.columns, counted(), byteOrderMark)) {
        if (own.isStopped) return
        pieces.push(piece)
        if (format === 'xlsx' && Math.max(count, devices.total()) >= sheetRowsMax)
          return setCourse({ phase: 'tooMany' })
      }
      if (own.isStopped) return
      save(new Blob(pieces, { type: types[format] }), fileName)
      setCourse({
        phase: 'done',
        count,
        total: total ?? 0,
        withoutSn: devices.withoutSn && (devices.serialsBy ?? 'ListDevices'),
      })
    } catch (error) {
      if (!own.isStopped) setCourse({ phase: 'failed', error })
    }
  }

  function stop() {
    // At once, whether a call is in progress or waiting for the quota.
    if (going.current) going.current.isStopped = true
    setCourse({ phase: 'stopped' })
  }

  const isDoing = course.phase === 'doing'
  return (
    <Modal
      open
      title={title}
      closable={!isDoing}
      keyboard={!isDoing}
      mask={{ closable: false }}
      onCancel={close}
      footer={
        isDoing ? (
          <Button onClick={stop}>{words.stop}</Button>
        ) : (
          <>
            <Button onClick={close}>{words.close}</Button>
            {course.phase !== 'done' && (
              <Button type="primary" onClick={() => void run()}>
                {words.start}
              </Button>
            )}
          </>
        )
      }
    >
      <Flex vertical gap={12}>
        <Typography.Text>{about}</Typography.Text>
        <Radio.Group
          aria-label={words.format}
          value={format}
          disabled={isDoing || course.phase === 'done'}
          options={exportFormats.map((value) => ({ value, label: words.formats[value] }))}
          onChange={({ target }) => setFormat(target.value)}
        />
        <Checkbox
          checked={withSecrets}
          disabled={isDoing || course.phase === 'done'}
          onChange={({ target }) => setWithSecrets(target.checked)}
        >
          {words.withSecrets}
        </Checkbox>
        <Alert
          type={withSecrets ? 'warning' : 'info'}
          showIcon
          title={withSecrets ? withMeans : withoutMeans}
        />
        {course.phase === 'doing' && (
          <>
            <Progress
              aria-label={words.progress}
              percent={course.total === 0 ? 0 : Math.min(100, (100 * course.count) / course.total)}
              showInfo={false}
              status="active"
            />
            <Typography.Text>{words.of(number(course.count), number(course.total))}</Typography.Text>
          </>
        )}
        {course.phase === 'done' && (
          <Alert type="success" showIcon title={words.done(number(course.count), fileName)} />
        )}
        {course.phase === 'done' && course.count !== course.total && (
          <Alert type="warning" showIcon title={words.changed(number(course.count), number(course.total))} />
        )}
        {course.phase === 'done' && course.withoutSn !== undefined && (
          <Alert type="warning" showIcon title={words.withoutSn(course.withoutSn)} />
        )}
        {course.phase === 'tooMany' && (
          <Alert type="error" showIcon title={words.tooMany(number(sheetRowsMax - 1))} />
        )}
        {course.phase === 'stopped' && <Alert type="warning" showIcon title={words.stopped} />}
        {course.phase === 'failed' && <Problem error={course.error} />}
      </Flex>
    </Modal>
  )
}
