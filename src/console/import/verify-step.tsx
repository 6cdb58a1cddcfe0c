import { Button, Flex } from 'antd'
import { useNumberFormat } from '../shell/number-format.ts'
import { ImportErrorAlert } from './import-error.tsx'
import type { Next, State } from './model.ts'
import { PassProgress } from './progress.tsx'
import { Step, WaitingStep } from './step.tsx'
import { useWords } from './texts.ts'

/** Verifies the whole file: by rules in the browser, and against the product on the server. */
export function VerifyStep({
  state,
  next,
  verify,
  stop,
}: {
  readonly state: State
  readonly next: Next
  readonly verify: () => void
  readonly stop: () => void
}) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  const { phase, counts, verifiedMs = 0, importError } = state
  const isUnderWay = phase === 'verifying'
  const isVerified = counts !== undefined
  const wasVerified = !isVerified && (phase === 'importing' || phase === 'paused' || phase === 'imported')
  return (
    <Step number={4} title={words.steps.verify} isDone={isVerified || wasVerified}>
      <Flex vertical gap={12}>
        {phase === 'choosing' && importError !== undefined && <ImportErrorAlert importError={importError} />}
        {isUnderWay ? (
          <PassProgress label={words.verifying} progress={state.progress} stands={state.isLost} />
        ) : (
          <WaitingStep>
            {isVerified
              ? words.verifiedIn(
                  numberFormat.count(counts.rows),
                  counts.rows,
                  numberFormat.duration(verifiedMs),
                  numberFormat.count(Math.round((1000 * counts.rows) / Math.max(1, verifiedMs))),
                )
              : wasVerified
                ? words.verifiedBefore
                : words.verifyMeans}
          </WaitingStep>
        )}
        {!wasVerified && (
          <div>
            {isUnderWay ? (
              <Button onClick={stop}>{words.cancel}</Button>
            ) : (
              <Button
                type={next.code === 'verify' ? 'primary' : 'default'}
                disabled={next.code !== 'verify' && phase !== 'verified'}
                onClick={verify}
              >
                {isVerified ? words.verifyAgain : words.verify}
              </Button>
            )}
          </div>
        )}
      </Flex>
    </Step>
  )
}
