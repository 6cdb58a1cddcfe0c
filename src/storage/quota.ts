import { mayRun } from '../lib/permissions.ts'
import { type CountedAction, deniedPerSecond, type RamUserRow, type SealedAccessKey } from './storage.ts'

/** An active key and its RAM user: undefined for the account's own keys, and for a user that was deleted. */
export interface Caller {
  readonly key: Pick<SealedAccessKey, 'account' | 'ramUser'>
  readonly ramUser: Pick<RamUserRow, 'allowed'> | undefined
}

/** The window of time that a call is counted in. */
export interface QuotaWindow {
  /** Names the window's row; calls with the same key share their quota. */
  readonly key: string
  /** Calls that it admits. */
  readonly calls: number
  /** In milliseconds. */
  readonly length: number
}

/**
 * Decides which quota a call is counted in, for both drivers (AdmissionStore.admit describes the rule).
 * @param own the account's own quota of the action, if it has one
 */
export function quotaWindow(caller: Caller, counted: CountedAction, own: number | undefined): QuotaWindow {
  const { action, apart, perWindow, windowSeconds, callers } = counted
  const { account, ramUser } = caller.key
  const user = `user ${ramUser}`
  if (!mayRun(caller, { name: action, callers }))
    return { key: `${account} denied ${user}`, calls: deniedPerSecond, length: 1000 }
  const ofUser = callers === 'everyone' && ramUser !== undefined ? user : undefined
  const parts = [account, action, ofUser, apart].filter((part) => part !== undefined)
  const declared = own ?? perWindow
  // Calls that are counted apart are expensive: an account's own quota does not raise it.
  const calls = apart === undefined ? declared : Math.min(declared, perWindow)
  return { key: parts.join(' '), calls, length: 1000 * windowSeconds }
}

/** The number of a window since 1970. */
export const windowNumber = ({ length }: QuotaWindow, now: number): number => Math.floor(now / length)

/** How long a throttled call must wait for the next window, in milliseconds. */
export const retryAfter = ({ length }: Pick<QuotaWindow, 'length'>, now: number): number =>
  length - (now % length)
