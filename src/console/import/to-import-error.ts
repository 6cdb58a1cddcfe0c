import { Refused, Unreachable } from '../../client/outcome.ts'
import { UnreadableFile } from '../../device-files/unreadable.ts'
import type { ImportError } from './messages.ts'
import { TakenOver } from './store.ts'

/** What of an answer says what was wrong; the rest of it may hold secrets of devices. */
const told = ['Code', 'ErrorMessage', 'Message', 'RequestId'] as const

/** What reading a file throws that was changed, moved or deleted since it was chosen, or is a folder (W3C File API, §6). */
const unreadable = /^(NotReadable|NotFound)Error$/

/** An error as it can be sent from the worker to the page. */
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
