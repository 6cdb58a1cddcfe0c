import { Alert, App, Button, Typography } from 'antd'
import { useCallback, useEffect } from 'react'
import { isThrottlingCode, Refused, Unreachable } from '../../client/outcome.ts'
import { en } from '../texts/en/shell-problem.ts'
import { zh } from '../texts/zh/shell-problem.ts'
import { failureTexts } from './failure-texts.ts'
import { type Texts, useTexts } from './language.tsx'
import { isDenial, useReportCode } from './session.tsx'

type Words = typeof en

const texts: Texts<typeof en> = { en, zh }

/** An error of a call in words, and what the server itself said of it. */
interface Told {
  readonly title: string
  /** The code, the server's own message and the RequestId. */
  readonly detail?: string
}

function told(error: unknown, words: Words, failures: { readonly [code: string]: string }): Told {
  if (error instanceof Unreachable) {
    return { title: words.unreachable, ...(error.maybeDone && { detail: error.message }) }
  }
  if (error instanceof Refused) {
    const detail = error.message
    const { code } = error
    if (code === '') return { title: words.notApi, detail }
    const gateways = ofGateway(code, words)
    if (gateways !== undefined) return { title: gateways, detail }
    if (error.isThrottling) return { title: words.throttled, detail }
    if (error.isOutcomeUnknown) return { title: words.unclear, detail }
    // The operation's own no says best what is wrong.
    const { ErrorMessage, Message, RequestId } = error.answer ?? {}
    const own = String(ErrorMessage ?? Message ?? code)
    const title = failures[code]
    return {
      title: title ?? own,
      detail: [title && own, code, RequestId && `RequestId ${RequestId}`].filter(Boolean).join(' · '),
    }
  }
  return { title: `${words.unexpected} ${error instanceof Error ? error.message : String(error)}` }
}

/** What the gateway means that let no operation begin. */
function ofGateway(code: string, words: Words): string | undefined {
  if (/^InvalidAccessKeyId/.test(code)) return words.wrongKey
  if (code === 'SignatureDoesNotMatch') return words.wrongSecret
  if (/^InvalidTimeStamp/.test(code)) return words.clock
  if (isDenial(code)) return words.denied
  if (isThrottlingCode(code)) return words.throttled
  return undefined
}

/** What an answer's code means, where the server's own message does not say it best. */
export function useMeaningOf(code: string): string | undefined {
  const words = useTexts(texts)
  const failures = useTexts(failureTexts)
  return ofGateway(code, words) ?? failures[code]
}

const codeOf = (error: unknown) => (error instanceof Refused ? error.code : '')

/** What went wrong with a call, in words, with a way to try again. */
export function Problem({
  error,
  mayBeDone = false,
  retry,
}: {
  readonly error: unknown
  /** True if it was a call that changes something: then a lost answer leaves open whether it has. */
  readonly mayBeDone?: boolean
  readonly retry?: (() => unknown) | undefined
}) {
  const words = useTexts(texts)
  const failures = useTexts(failureTexts)
  const { title, detail } = told(error, words, failures)
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

/** Tells of an error beside what the user is doing: for calls whose page goes on. */
export function useShowProblem(): (error: unknown) => void {
  const words = useTexts(texts)
  const failures = useTexts(failureTexts)
  const { notification } = App.useApp()
  const reportCode = useReportCode()
  return useCallback(
    (error: unknown) => {
      reportCode(codeOf(error))
      const { title, detail } = told(error, words, failures)
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
