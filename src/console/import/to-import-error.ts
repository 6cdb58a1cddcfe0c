import { Refused, Unreachable } from '../../client/outcome.ts'
import { UnreadableFile } from '../../device-files/unreadable.ts'
import type { ImportError } from './messages.ts'
import { TakenOver } from './store.ts'

/** The members of an answer that describe the error; others may contain device secrets. */
const told = ['Code', 'ErrorMessage', 'Message', 'RequestId'] as const

/**
 * Errors of a file that was changed, moved or deleted since the user chose it, or is a folder (W3C File API,
 * §6).
 */
const unreadable = /^(NotReadable|NotFound)Error$/

/** Converts an error to data that the worker can send to the page. */
export function toImportError(error: unknown, action: string): ImportError {
  if (error instanceof Refused) {
    const { status, answer } = error
    return {
      kind: 'refused',
      action,
      status,
      answer: answer && Object.fromEntries(told.map((member) => [member, answer[member]])),
    }
  }
  if (error instanceof Unreachable)
    return { kind: 'unreachable', message: error.message, maybeDone: error.maybeDone }
  if (error instanceof UnreadableFile) return { kind: 'unreadable', why: error.why }
  if (error instanceof TakenOver) return { kind: 'takenOver' }
  if (error instanceof DOMException && unreadable.test(error.name))
    return { kind: 'noFile', message: error.message }
  return { kind: 'other', message: error instanceof Error ? error.message : String(error) }
}
