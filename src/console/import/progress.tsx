import { Progress as Bar, Typography } from 'antd'
import { useNumberFormat } from '../shell/number-format.ts'
import type { Progress } from './messages.ts'
import { useWords } from './texts.ts'

/** The progress of a pass: displayed at each report, announced at each tenth. */
export function PassProgress({
  label,
  progress,
  stands = false,
}: {
  readonly label: string
  readonly progress: Progress | undefined
  /** True while it is paused, so that rate and remaining time are outdated. */
  readonly stands?: boolean
}) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  const { rows = 0, bad = 0, share = 0, perSecond = 0, secondsLeft } = progress ?? {}
  const percent = Math.floor(100 * share)
  return (
    <div>
      <Bar percent={percent} status="active" aria-label={label} />
      <Typography.Text type="secondary" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {[
          words.rowsDone(numberFormat.count(rows)),
          stands ? undefined : words.aSecond(numberFormat.count(Math.round(perSecond))),
          stands || secondsLeft === undefined
            ? undefined
            : words.left(numberFormat.duration(Math.ceil(secondsLeft) * 1000)),
          words.badSoFar(numberFormat.count(bad)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography.Text>
      <span className="unseen" aria-live="polite">
        {words.tenths(label, 10 * Math.floor(percent / 10))}
      </span>
    </div>
  )
}
