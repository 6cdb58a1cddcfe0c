import { Alert, App, Button, Typography } from 'antd'
import { useCallback, useEffect } from 'react'
import { Refused, Unreachable } from '../../client/outcome.ts'
import { describeError, describeRejection, texts } from './describe-error.ts'
import { failureTexts } from './failure-texts.ts'
import { useTexts } from './language.tsx'
import { useReportCode } from './session.tsx'

/** Explains an answer's code, unless the server's own message is better. */
export function useMeaningOf(code: string): string | undefined {
  const words = useTexts(texts)
  const failures = useTexts(failureTexts)
  return describeRejection(code, words) ?? failures[code]
}

const codeOf = (error: unknown) => (error instanceof Refused ? error.code : '')

/** Shows the error of a call, with a button to retry. */
export function Problem({
  error,
  mayBeDone = false,
  retry,
}: {
  readonly error: unknown
  /** True for a call that makes changes, which may have been executed if its answer was lost. */
  readonly mayBeDone?: boolean
  readonly retry?: (() => unknown) | undefined
}) {
  const words = useTexts(texts)
  const failures = useTexts(failureTexts)
  const { title, detail } = describeError(error, words, failures)
  const unsure = mayBeDone && error instanceof Unreachable && error.maybeDone
  const reportCode = useReportCode()
  useEffect(() => reportCode(codeOf(error)), [reportCode, error])
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={unsure ? `${title} ${words.maybeDone}` : title}
      description={
        detail && (
          <Typography.Text
            type="secondary"
            className="mono"
            style={{ fontSize: 12, wordBreak: 'break-word' }}
          >
            {detail}
          </Typography.Text>
        )
      }
      action={
        retry && (
          <Button size="small" onClick={() => retry()}>
            {words.retry}
          </Button>
        )
      }
    />
  )
}

/** Shows an error beside the user's work, for calls that don't block the page. */
export function useShowProblem(): (error: unknown) => void {
  const words = useTexts(texts)
  const failures = useTexts(failureTexts)
  const { notification } = App.useApp()
  const reportCode = useReportCode()
  return useCallback(
    (error: unknown) => {
      reportCode(codeOf(error))
      const { title, detail } = describeError(error, words, failures)
      const unsure = error instanceof Unreachable && error.maybeDone ? words.maybeDone : undefined
      notification.error({
        title,
        description: [unsure, detail].filter(Boolean).join(' '),
        duration: 10,
        placement: 'bottomRight',
      })
    },
    [notification, words, failures, reportCode],
  )
}
