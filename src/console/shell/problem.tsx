import { Alert, App, Button, Typography } from 'antd'
import { useCallback, useEffect } from 'react'
import { isThrottlingCode, Refused, Unreachable } from '../../client/outcome.ts'
import { failureTexts } from './failure-texts.ts'
import { type Texts, useTexts } from './language.tsx'
import { isDenial, useReportCode } from './session.tsx'

interface Words {
  readonly unreachable: string
  readonly maybeDone: string
  readonly wrongKey: string
  readonly wrongSecret: string
  readonly clock: string
  readonly denied: string
  readonly throttled: string
  readonly unclear: string
  readonly notApi: string
  readonly retry: string
  readonly unexpected: string
}

const texts: Texts<Words> = {
  en: {
    unreachable: 'The server can’t be reached. Is it running, and is this computer still connected to it?',
    maybeDone: 'It is not known whether it was done: look before you try again.',
    wrongKey: 'There is no such AccessKeyId, or it is disabled.',
    wrongSecret: 'The AccessKeySecret is not that of this AccessKeyId.',
    clock:
      'The clock of this computer and the server’s differ too much: signed requests carry the time, and old ones are refused. Set the clock and try again.',
    denied: 'This key may not do that. The account’s own key can allow it, under Access.',
    throttled:
      'The account’s quota of this operation is used up: wait a moment and try again. Quotas are under Access, and on the server: rollcall quota list; one of 0 refuses every call.',
    unclear: 'The server could not answer; its log tells more under this RequestId.',
    notApi: 'What answers at this address is not Rollcall, or something in between answered in its place.',
    retry: 'Try again',
    unexpected: 'Something in the console went wrong:',
  },
  zh: {
    unreachable: '无法连接服务器。请确认服务器正在运行，且本机与它之间的网络可用。',
    maybeDone: '无法确定操作是否已执行：请先查看结果，再决定是否重试。',
    wrongKey: '该 AccessKeyId 不存在或已被禁用。',
    wrongSecret: 'AccessKeySecret 与该 AccessKeyId 不匹配。',
    clock: '本机时钟与服务器时钟相差过大：签名请求带有时间，过期的会被拒绝。请校准时钟后重试。',
    denied: '该密钥没有此权限。可用主账号密钥在“访问控制”中授权。',
    throttled:
      '账号对该操作的限额已用完，请稍后重试。限额见“访问控制”，或在服务器上运行 rollcall quota list；限额为 0 时一律拒绝。',
    unclear: '服务器未能处理该请求；可用此 RequestId 在服务器日志中查看详情。',
    notApi: '应答的不是 Rollcall，或请求被中间设备截获。',
    retry: '重试',
    unexpected: '控制台出现错误：',
  },
}

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
  /** Whether it was a call that changes something: then a lost answer leaves open whether it has. */
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
