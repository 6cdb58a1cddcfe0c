import { Button, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useJob, useJobs } from '../shell/jobs-context.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { TypedCount, typedFrom } from '../shell/typed-count.tsx'
import { bulkJob, type Change, type Doing } from './bulk.ts'
import { blankChange, ChangeInput, useComplaint } from './change-input.tsx'
import { DeviceNames, JobCourse } from './many-parts.tsx'
import { countTexts, texts as manyTexts } from './many-texts.ts'
import type { Found } from './search.ts'
import { texts } from './texts.ts'
import { useBulkSession } from './use-bulk-session.ts'
import { type Chosen, useChosen } from './use-chosen.ts'

export type { Doing } from './bulk.ts'

/**
 * Confirms a bulk action on all its devices, starts it in the background, and shows its course while it is open.
 * @param devices the devices, or the search that finds them
 * @param about the name of the product
 * @param close receives the devices that were not changed, which stay selected; undefined if nothing was started
 */
export function ManyDevices(props: {
  readonly instance: string
  readonly doing: Doing
  readonly devices: Chosen
  readonly about: string
  readonly close: (left: readonly Found[] | undefined) => void
}) {
  useRestoreFocus()
  const { instance, doing, about, close } = props
  const all = useTexts(texts)
  const words = useTexts(manyTexts)
  const own = words[doing]
  const { count: number } = useNumberFormat()
  const countOf = useTexts(countTexts)
  const count = (many: number) => countOf(many, number(many))
  const session = useBulkSession(instance)
  const jobs = useJobs()
  const { devices, found, error, retry } = useChosen(props.devices, instance)
  const [change, setChange] = useState<Change>(() => blankChange(doing))
  const [typed, setTyped] = useState('')
  const [isTold, setTold] = useState(false)
  const [jobId, setJobId] = useState<number>()
  const job = useJob(jobId)
  const left = useRef<readonly Found[]>(undefined)
  const complaint = useComplaint(change, devices?.length ?? 0)
  const mustType = doing === 'DeleteDevice' && (devices?.length ?? 0) >= typedFrom
  const isTyped = !mustType || typed.replace(/[^\d]/g, '') === String(devices?.length)

  function run() {
    setTold(true)
    if (devices === undefined || complaint !== undefined || !isTyped) return
    left.current = []
    setJobId(
      jobs.start(
        bulkJob(session, change, devices, about, (remaining) => {
          left.current = [...remaining]
        }),
      ),
    )
  }

  const end = () => close(left.current)
  const isRunning = job?.state === 'running'
  return (
    <Modal
      open
      title={
        job !== undefined
          ? own.doIt
          : devices === undefined
            ? words.finding(count(found))
            : own.title(count(devices.length))
      }
      mask={{ closable: false }}
      onCancel={end}
      footer={
        job === undefined ? (
          <>
            <Button onClick={end}>{all.cancel}</Button>
            <Button
              type="primary"
              danger={doing === 'DisableThing' || doing === 'DeleteDevice'}
              disabled={devices === undefined || devices.length === 0 || !isTyped}
              onClick={run}
            >
              {own.doIt}
            </Button>
          </>
        ) : isRunning ? (
          <>
            <Button disabled={jobs.isStopping(job.id)} onClick={() => jobs.stop(job.id)}>
              {words.stop}
            </Button>
            <Button type="primary" onClick={end}>
              {words.background}
            </Button>
          </>
        ) : (
          <>
            {job.undo !== undefined && (
              <Button
                onClick={() => {
                  jobs.undo(job.id)
                  end()
                }}
              >
                {words.undo}
              </Button>
            )}
            <Button type="primary" onClick={end}>
              {all.close}
            </Button>
          </>
        )
      }
    >
      {error !== null && <Problem error={error} retry={retry} />}
      {job === undefined && devices !== undefined && (
        <>
          <DeviceNames devices={devices} />
          <p style={{ margin: '0 0 12px' }}>{own.means}</p>
          <ChangeInput
            instance={instance}
            change={change}
            complaint={isTold ? complaint : undefined}
            onChange={setChange}
            submit={run}
          />
          {mustType && <TypedCount count={devices.length} typed={typed} onType={setTyped} submit={run} />}
        </>
      )}
      {job !== undefined && <JobCourse job={job} done={own.done(count(job.done))} />}
    </Modal>
  )
}
