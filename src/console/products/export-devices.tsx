import { Alert, Button, Checkbox, Flex, Modal, Progress, Typography } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useFigures } from '../shell/figures.ts'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { save } from '../shell/save.ts'
import { useSession } from '../shell/session.tsx'
import { csvOf } from './export.ts'
import { texts as exportTexts } from './export-texts.ts'
import type { OfProduct } from './search.ts'
import { texts } from './texts.ts'

type Course =
  | { readonly phase: 'asking' | 'stopped' }
  | { readonly phase: 'doing' | 'done'; readonly count: number; readonly total: number }
  | { readonly phase: 'failed'; readonly error: unknown }

/** The rest of a file the browser keeps where it likes, on disk if it is large. */
const piecesInMemory = 200

/** With the time that a call takes, some forty calls a second of the usual fifty. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 15))

/** Writes the devices of a product into a file, page by page. */
export function ExportDevices({ instance, productKey, close }: OfProduct & { readonly close: () => void }) {
  const words = { ...useTexts(texts), ...useTexts(exportTexts) }
  const { count: number } = useFigures()
  const { client } = useSession()
  const [withSecrets, setWithSecrets] = useState(false)
  const [course, setCourse] = useState<Course>({ phase: 'asking' })
  const isStopped = useRef(false)
  // Who leaves the page stops it too.
  useEffect(() => {
    isStopped.current = false
    return () => {
      isStopped.current = true
    }
  }, [])
  const file = `${productKey}-devices.csv`

  async function run() {
    isStopped.current = false
    setCourse({ phase: 'doing', count: 0, total: 0 })
    const written: Blob[] = []
    let pieces: string[] = []
    let count = 0
    try {
      for await (const piece of csvOf(client, { instance, productKey }, withSecrets, rest)) {
        if (isStopped.current) return setCourse({ phase: 'stopped' })
        pieces.push(piece.text)
        if (pieces.length === piecesInMemory) {
          written.push(new Blob(pieces))
          pieces = []
        }
        count = piece.count
        setCourse({ phase: 'doing', count, total: piece.total })
      }
      save(new Blob([...written, ...pieces], { type: 'text/csv' }), file)
      setCourse({ phase: 'done', count, total: count })
    } catch (error) {
      setCourse({ phase: 'failed', error })
    }
  }

  const isDoing = course.phase === 'doing'
  return (
    <Modal
      open
      title={words.title}
      closable={!isDoing}
      keyboard={!isDoing}
      mask={{ closable: false }}
      onCancel={close}
      footer={
        isDoing ? (
          <Button
            onClick={() => {
              isStopped.current = true
            }}
          >
            {words.stop}
          </Button>
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
        <Typography.Text>{words.about}</Typography.Text>
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
          title={withSecrets ? words.withMeans : words.withoutMeans}
        />
        {course.phase === 'doing' && (
          <>
            <Progress
              aria-label={words.progress}
              percent={course.total === 0 ? 0 : (100 * course.count) / course.total}
              showInfo={false}
              status="active"
            />
            <Typography.Text>{words.of(number(course.count), number(course.total))}</Typography.Text>
          </>
        )}
        {course.phase === 'done' && (
          <Alert type="success" showIcon title={words.done(number(course.count), file)} />
        )}
        {course.phase === 'stopped' && <Alert type="warning" showIcon title={words.stopped} />}
        {course.phase === 'failed' && <Problem error={course.error} />}
      </Flex>
    </Modal>
  )
}
