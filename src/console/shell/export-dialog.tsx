import { Alert, Button, Checkbox, Flex, Modal, Progress, Typography } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { ExportedPiece } from './device-export.ts'
import { texts } from './export-texts.ts'
import { useFigures } from './figures.ts'
import { useFocusBack } from './focus-back.ts'
import { useTexts } from './language.tsx'
import { Problem } from './problem.tsx'
import { save } from './save.ts'

type Course =
  | { readonly phase: 'asking' | 'stopped' }
  | { readonly phase: 'doing' | 'done'; readonly count: number; readonly total: number }
  | { readonly phase: 'failed'; readonly error: unknown }

/**
 * Writes devices into a file, page by page; with their secrets only where that is asked for here.
 * @param about what will be in the file
 * @param withMeans what it means to have the secrets in it
 * @param withoutMeans what it means not to
 * @param file its name
 */
export function ExportDialog(props: {
  readonly title: string
  readonly about: string
  readonly withMeans: string
  readonly withoutMeans: string
  readonly file: string
  readonly pieces: (withSecrets: boolean) => AsyncIterable<ExportedPiece>
  readonly close: () => void
}) {
  useFocusBack()
  const { title, about, withMeans, withoutMeans, file, pieces: piecesOf, close } = props
  const words = useTexts(texts)
  const { count: number } = useFigures()
  const [withSecrets, setWithSecrets] = useState(false)
  const [course, setCourse] = useState<Course>({ phase: 'asking' })
  const going = useRef<{ isStopped: boolean }>(undefined)
  // Who leaves the page stops it too.
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
    const pieces: string[] = []
    let count = 0
    let total: number | undefined
    try {
      for await (const piece of piecesOf(withSecrets)) {
        if (own.isStopped) return
        pieces.push(piece.text)
        count = piece.count
        total ??= piece.total
        setCourse({ phase: 'doing', count, total })
      }
      if (own.isStopped) return
      save(new Blob(pieces, { type: 'text/csv' }), file)
      setCourse({ phase: 'done', count, total: total ?? 0 })
    } catch (error) {
      if (!own.isStopped) setCourse({ phase: 'failed', error })
    }
  }

  function stop() {
    // At once, whatever call is under way or waits for the quota.
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
          <Alert type="success" showIcon title={words.done(number(course.count), file)} />
        )}
        {course.phase === 'done' && course.count !== course.total && (
          <Alert type="warning" showIcon title={words.changed(number(course.count), number(course.total))} />
        )}
        {course.phase === 'stopped' && <Alert type="warning" showIcon title={words.stopped} />}
        {course.phase === 'failed' && <Problem error={course.error} />}
      </Flex>
    </Modal>
  )
}
