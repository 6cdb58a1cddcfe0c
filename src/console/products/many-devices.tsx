import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Modal, Progress, Typography } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { sendable } from '../shell/api-query.ts'
import { connect } from '../shell/connection.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { sendUntil } from '../shell/sending.ts'
import { useSession } from '../shell/session.tsx'
import { countTexts, texts as manyTexts } from './many-texts.ts'
import { listsOfDevices } from './product.ts'
import { newSequencePace, runInSequence, type SequenceProgress } from './run-in-sequence.ts'
import type { Found } from './search.ts'
import { texts } from './texts.ts'

/** Bulk actions, named by the operation that is called for each device. */
export type Doing = 'EnableThing' | 'DisableThing' | 'DeleteDevice'

/** Above this number, names are not listed. */
const namedMax = 500
const toldMax = 50

/**
 * Confirms a bulk action, performs it device by device, and shows each result.
 * @param close receives the devices that were not changed; they stay selected
 */
export function ManyDevices({
  instance,
  doing,
  devices,
  close,
}: {
  readonly instance: string
  readonly doing: Doing
  readonly devices: readonly Found[]
  readonly close: (left: readonly Found[]) => void
}) {
  useRestoreFocus()
  const all = useTexts(texts)
  const words = useTexts(manyTexts)
  const own = words[doing]
  const { count: number } = useNumberFormat()
  const countOf = useTexts(countTexts)
  const count = (many: number) => countOf(many, number(many))
  const { accessKey, ended } = useSession()
  const queries = useQueryClient()
  const [phase, setPhase] = useState<'asking' | 'doing' | 'done'>('asking')
  const [course, setCourse] = useState<SequenceProgress<Found>>({ done: 0, failed: [] })
  const left = useRef<ReadonlySet<Found>>(new Set(devices))
  const isStopped = useRef(false)

  // Leaving the page stops it too.
  useEffect(() => {
    isStopped.current = false
    return () => {
      isStopped.current = true
    }
  }, [])

  async function run() {
    setPhase('doing')
    const pace = newSequencePace()
    // A client of its own, to observe throttling.
    const client = connect(accessKey, { onThrottled: () => pace.throttled(), send: sendUntil(ended) })
    const remaining = new Set(devices)
    const act = async (device: Found) => {
      await client.call(
        doing,
        sendable({ IotInstanceId: instance, ProductKey: device.productKey, DeviceName: device.name }),
      )
      remaining.delete(device)
    }
    await runInSequence(devices, act, { onProgress: setCourse, isStopped: () => isStopped.current, pace })
    left.current = remaining
    setPhase('done')
    await Promise.all(listsOfDevices.map((query) => queries.invalidateQueries({ queryKey: [query] })))
  }

  const end = () => (phase === 'asking' ? close(devices) : close([...left.current]))
  const went = course.done + course.failed.length
  const untouched = devices.length - went
  return (
    <Modal
      open
      title={phase === 'asking' ? own.title(count(devices.length)) : own.doIt}
      // While it runs it can be stopped but not closed.
      closable={phase !== 'doing'}
      keyboard={phase !== 'doing'}
      mask={{ closable: false }}
      onCancel={end}
      footer={
        phase === 'asking' ? (
          <>
            <Button onClick={end}>{all.cancel}</Button>
            <Button type="primary" danger={doing !== 'EnableThing'} onClick={() => void run()}>
              {own.doIt}
            </Button>
          </>
        ) : phase === 'doing' ? (
          <Button
            onClick={() => {
              isStopped.current = true
            }}
          >
            {words.stop}
          </Button>
        ) : (
          <Button type="primary" onClick={end}>
            {all.close}
          </Button>
        )
      }
    >
      {phase === 'asking' && (
        <>
          <Names devices={devices} />
          <Typography.Paragraph style={{ marginBottom: 0 }}>{own.means}</Typography.Paragraph>
        </>
      )}
      {phase === 'doing' && (
        <Progress
          aria-label={words.progress}
          percent={(100 * went) / devices.length}
          format={() => `${number(went)} / ${number(devices.length)}`}
          status={course.failed.length > 0 ? 'exception' : 'active'}
        />
      )}
      {phase === 'done' && (
        <Alert
          type={course.failed.length > 0 ? 'error' : untouched > 0 ? 'warning' : 'success'}
          showIcon
          title={own.done(count(course.done))}
          description={untouched > 0 && words.stopped(count(untouched))}
        />
      )}
      {course.failed.length > 0 && (
        <section aria-live="polite" style={{ marginTop: 12, maxHeight: 320, overflow: 'auto' }}>
          <Typography.Text strong>{words.failed(count(course.failed.length))}</Typography.Text>
          {course.failed.slice(0, toldMax).map(({ item, error }) => (
            <div key={`${item.productKey}/${item.name}`} style={{ marginTop: 8 }}>
              <Typography.Text className="mono">{item.name}</Typography.Text>
              <Problem error={error} />
            </div>
          ))}
          {course.failed.length > toldMax && (
            <Typography.Paragraph>
              {words.andMore(number(course.failed.length - toldMax))}
            </Typography.Paragraph>
          )}
        </section>
      )}
    </Modal>
  )
}

function Names({ devices }: { readonly devices: readonly Found[] }) {
  const words = useTexts(manyTexts)
  const { count: number } = useNumberFormat()
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <ul className="mono names" tabIndex={0} aria-label={words.names}>
        {devices.slice(0, namedMax).map(({ productKey, name }) => (
          <li key={`${productKey}/${name}`}>{name}</li>
        ))}
      </ul>
      {devices.length > namedMax && (
        <Typography.Paragraph>{words.andMore(number(devices.length - namedMax))}</Typography.Paragraph>
      )}
    </>
  )
}
