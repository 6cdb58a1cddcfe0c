import { Alert } from 'antd'
import { useMemo } from 'react'
import { Refused, Unreachable } from '../../client/outcome.ts'
import { Problem } from '../shell/problem.tsx'
import type { ImportError } from './messages.ts'
import { useWords } from './texts.ts'
import { Unreadable } from './unreadable.tsx'

/** Errors that only this page knows, with their own texts. */
type Own = Extract<ImportError, { readonly kind: 'unreadable' | 'noFile' | 'takenOver' | 'noWorker' }>

/** Restores the error as it was in the worker. */
function errorOf(importError: Exclude<ImportError, Own>): unknown {
  switch (importError.kind) {
    case 'refused': {
      const { action, status, answer } = importError
      return new Refused(action, { status, header: () => undefined, text: '' }, answer)
    }
    case 'unreachable':
      return new Unreachable(importError.message, importError.maybeDone)
    case 'other':
      return new Error(importError.message)
  }
}

/** Shows why an operation stopped early. */
export function ImportErrorAlert({ importError }: { readonly importError: ImportError }) {
  const words = useWords()
  switch (importError.kind) {
    case 'unreadable':
      return <Unreadable why={importError.why} />
    case 'noFile':
      return (
        <Alert type="error" showIcon role="alert" title={words.noFile} description={importError.message} />
      )
    case 'takenOver':
      return <Alert type="warning" showIcon role="alert" title={words.takenOver} />
    case 'noWorker':
      return (
        <Alert type="error" showIcon role="alert" title={words.noWorker} description={importError.message} />
      )
    default:
      return <OtherErrorAlert importError={importError} />
  }
}

function OtherErrorAlert({ importError }: { readonly importError: Exclude<ImportError, Own> }) {
  const error = useMemo(() => errorOf(importError), [importError])
  return <Problem error={error} />
}
