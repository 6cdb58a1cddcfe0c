import { useMemo } from 'react'
import { Refused, Unreachable } from '../../client/outcome.ts'
import { Problem } from '../shell/problem.tsx'
import type { Trouble } from './messages.ts'

/** An error as it was in the worker. */
function errorOf(trouble: Trouble): unknown {
  switch (trouble.kind) {
    case 'refused': {
      const { action, status, answer } = trouble
      return new Refused(action, { status, header: () => undefined, text: '' }, answer)
    }
    case 'unreachable':
      return new Unreachable(trouble.message, trouble.maybeDone)
    case 'unreadable':
      return new Error(trouble.why.code)
    case 'other':
      return new Error(trouble.message)
  }
}

/** What ended something before its end. */
export function TroubleTold({ trouble }: { readonly trouble: Trouble }) {
  const error = useMemo(() => errorOf(trouble), [trouble])
  return <Problem error={error} />
}
