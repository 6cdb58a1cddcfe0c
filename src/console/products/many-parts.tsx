import { Alert, Progress, Typography } from 'antd'
import type { Job } from '../shell/jobs.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { countTexts, texts } from './many-texts.ts'
import type { Found } from './search.ts'

/** Above this number, names are not listed. */
const namedMax = 500
const toldMax = 50

/** The names of the devices that a question is about. */
export function DeviceNames({ devices }: { readonly devices: readonly Found[] }) {
  const words = useTexts(texts)
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

/** The progress of a job on devices, its result, and its failures. */
export function JobCourse({ job, done }: { readonly job: Job; readonly done: string }) {
  const words = useTexts(texts)
  const { count: number } = useNumberFormat()
  const countOf = useTexts(countTexts)
  const count = (many: number) => countOf(many, number(many))
  const { state, failed, total = 0, error } = job
  const went = job.done + failed.length
  return (
    <>
      {state === 'running' ? (
        <Progress
          aria-label={words.progress}
          percent={(100 * went) / total}
          format={() => `${number(went)} / ${number(total)}`}
          status={failed.length > 0 ? 'exception' : 'active'}
        />
      ) : (
        <Alert
          type={failed.length > 0 ? 'error' : state === 'done' ? 'success' : 'warning'}
          showIcon
          title={done}
          description={state === 'stopped' && words.stopped(count(total - went))}
        />
      )}
      {error !== undefined && <Problem error={error} />}
      {failed.length > 0 && (
        <section aria-live="polite" style={{ marginTop: 12, maxHeight: 320, overflow: 'auto' }}>
          <Typography.Text strong>{words.failed(count(failed.length))}</Typography.Text>
          {failed.slice(0, toldMax).map(({ name, error }) => (
            <div key={name} style={{ marginTop: 8 }}>
              <Typography.Text className="mono">{name}</Typography.Text>
              <Problem error={error} />
            </div>
          ))}
          {failed.length > toldMax && (
            <Typography.Paragraph>{words.andMore(number(failed.length - toldMax))}</Typography.Paragraph>
          )}
        </section>
      )}
    </>
  )
}
