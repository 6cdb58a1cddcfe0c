import { Alert } from 'antd'
import { useMemo } from 'react'
import { Refused, Unreachable } from '../../client/outcome.ts'
import { Problem } from '../shell/problem.tsx'
import type { Trouble } from './messages.ts'
import { useWords } from './texts.ts'
import { Unreadable } from './unreadable.tsx'

/** What only this page knows of is told in its own words. */
type Own = Extract<Trouble, { readonly kind: 'unreadable' | 'noFile' | 'takenOver' | 'noWorker' }>

/** An error as it was in the worker. */
function errorOf(trouble: Exclude<Trouble, Own>): unknown {
  switch (trouble.kind) {
    case 'refused': {
      const { action, status, answer } = trouble
      return new Refused(action, { status, header: () => undefined, text: '' }, answer)
    }
    case 'unreachable':
      return new Unreachable(trouble.message, trouble.maybeDone)
    case 'other':
      return new Error(trouble.message)
  }
}

/** What ended something before its end. */
export function TroubleTold({ trouble }: { readonly trouble: Trouble }) {
  const words = useWords()
  switch (trouble.kind) {
    case 'unreadable':
      return <Unreadable why={trouble.why} />
    case 'noFile':
      return <Alert type="error" showIcon role="alert" title={words.noFile} description={trouble.message} />
    case 'takenOver':
      return <Alert type="warning" showIcon role="alert" title={words.takenOver} />
    case 'noWorker':
      return <Alert type="error" showIcon role="alert" title={words.noWorker} description={trouble.message} />
    default:
      return <ErrorTold trouble={trouble} />
  }
}

function ErrorTold({ trouble }: { readonly trouble: Exclude<Trouble, Own> }) {
  const error = useMemo(() => errorOf(trouble), [trouble])
  return <Problem error={error} />
}
