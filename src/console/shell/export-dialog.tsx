import { Alert, Button, Checkbox, Flex, Modal, Progress, Radio, Typography } from 'antd'
import { useState } from 'react'
import { sheetRowsMax, xlsxType } from '../../device-files/xlsx-writer.ts'
import { type ExportedRow, type ExportFormat, exportFormats, written } from '../../export/written.ts'
import type { ToExport } from './device-export.ts'
import { texts } from './export-texts.ts'
import type { JobCourse } from './jobs.ts'
import { useJob, useJobs } from './jobs-context.tsx'
import { useTexts } from './language.tsx'
import { useNumberFormat } from './number-format.ts'
import { Problem } from './problem.tsx'
import { useRestoreFocus } from './restore-focus.ts'
import { save } from './save.ts'

/** The outcome of an export. */
type Result =
  | 'tooMany'
  | {
      readonly count: number
      readonly total: number
      /** The operation that would have listed serial numbers. */
      readonly withoutSn: string | undefined
    }

/** Makes Excel read CSV as UTF-8. */
const byteOrderMark = '\ufeff'
const types: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv',
  jsonl: 'application/jsonl',
  xlsx: xlsxType,
}

/**
 * Exports devices to a file page by page in the background, with their secrets only if the user asks for them here.
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
  const jobs = useJobs()
  const [jobId, setJobId] = useState<number>()
  const job = useJob(jobId)
  const isDoing = job?.state === 'running'
  const isDone = job?.state === 'done'
  const result = isDone ? (job.result as Result) : undefined
  const start = () =>
    setJobId(
      jobs.start({
        kind: 'export',
        about: fileName,
        stopsAtOnce: true,
        run: (course) => exported(format, fileName, () => open(withSecrets), course),
      }),
    )
  return (
    <Modal
      open
      title={title}
      mask={{ closable: false }}
      onCancel={close}
      footer={
        isDoing ? (
          <>
            <Button disabled={jobs.isStopping(job.id)} onClick={() => jobs.stop(job.id)}>
              {words.stop}
            </Button>
            <Button type="primary" onClick={close}>
              {words.background}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={close}>{words.close}</Button>
            {!isDone && (
              <Button type="primary" onClick={start}>
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
          disabled={isDoing || isDone}
          options={exportFormats.map((value) => ({ value, label: words.formats[value] }))}
          onChange={({ target }) => setFormat(target.value)}
        />
        <Checkbox
          checked={withSecrets}
          disabled={isDoing || isDone}
          onChange={({ target }) => setWithSecrets(target.checked)}
        >
          {words.withSecrets}
        </Checkbox>
        <Alert
          type={withSecrets ? 'warning' : 'info'}
          showIcon
          title={withSecrets ? withMeans : withoutMeans}
        />
        {isDoing && (
          <>
            <Progress
              aria-label={words.progress}
              percent={job.total ? Math.min(100, (100 * job.done) / job.total) : 0}
              showInfo={false}
              status="active"
            />
            <Typography.Text>{words.of(number(job.done), number(job.total ?? 0))}</Typography.Text>
          </>
        )}
        {result === 'tooMany' && (
          <Alert type="error" showIcon title={words.tooMany(number(sheetRowsMax - 1))} />
        )}
        {result !== undefined && result !== 'tooMany' && (
          <>
            <Alert type="success" showIcon title={words.done(number(result.count), fileName)} />
            {result.count !== result.total && (
              <Alert
                type="warning"
                showIcon
                title={words.changed(number(result.count), number(result.total))}
              />
            )}
            {result.withoutSn !== undefined && (
              <Alert type="warning" showIcon title={words.withoutSn(result.withoutSn)} />
            )}
          </>
        )}
        {job?.state === 'stopped' && <Alert type="warning" showIcon title={words.stopped} />}
        {job?.state === 'failed' && <Problem error={job.error} />}
      </Flex>
    </Modal>
  )
}

/** Writes devices to a file that the browser saves at the end. */
async function exported(
  format: ExportFormat,
  fileName: string,
  open: () => Promise<ToExport>,
  course: JobCourse,
): Promise<Result | undefined> {
  const pieces: (string | Uint8Array<ArrayBuffer>)[] = []
  let count = 0
  let total: number | undefined
  const devices = await open()
  if (course.isStopped()) return
  async function* counted(): AsyncGenerator<readonly ExportedRow[]> {
    for await (const rows of devices.pages) {
      yield rows
      count += rows.length
      total ??= devices.total()
      course.total(devices.total())
      course.progress(count)
    }
  }
  for await (const piece of written(format, devices.columns, counted(), byteOrderMark)) {
    if (course.isStopped()) return
    pieces.push(piece)
    if (format === 'xlsx' && Math.max(count, devices.total()) >= sheetRowsMax) return 'tooMany'
  }
  if (course.isStopped()) return
  save(new Blob(pieces, { type: types[format] }), fileName)
  return {
    count,
    total: total ?? 0,
    withoutSn: devices.withoutSn && (devices.serialsBy ?? 'ListDevices'),
  }
}
