import { ConfigurationError } from '../../lib/configuration-error.ts'
import { Unavailable } from '../../storage/storage.ts'

/**
 * Why a worker did not start, as the primary must know it.
 *
 * - `passing`: the store can't be used at the moment, or the worker died; a later attempt may succeed.
 * - `configuration`: a file or setting of the operator's is wrong; no attempt succeeds before it is corrected.
 * - `other`: anything else, such as a port that another process has.
 */
export type StartFailure = 'passing' | 'configuration' | 'other'

/** SQLSTATEs of a database that denies us: no such user, wrong password (class 28), no such database (3D). */
const denied = /^(28|3D)/

export function startFailureOf(error: unknown): StartFailure {
  if (error instanceof ConfigurationError) return 'configuration'
  if (!(error instanceof Unavailable)) return 'other'
  // The password may be changed here or there, so this is not the operator's error for certain.
  return causesOf(error).some(({ code }) => denied.test(`${code}`)) ? 'other' : 'passing'
}

function causesOf(error: unknown): (Error & { readonly code?: unknown })[] {
  const causes: Error[] = []
  for (let cause = error; cause instanceof Error; cause = cause.cause) causes.push(cause)
  return causes
}

/** A worker that did not start. */
export class NotStarted extends Error {
  readonly obstacle: StartFailure

  constructor(message: string, obstacle: StartFailure) {
    super(message)
    this.obstacle = obstacle
  }
}

/** How many attempts in a row find the configuration wrong, with no worker left that serves, before the primary ends. */
export const attemptsMax = 5

/**
 * Decides after each start that failed whether the primary goes on.
 *
 * Before a worker has served there is nothing to keep up, and an operator who waits for the start to succeed: it ends
 * unless what fails it may pass. Afterwards it ends only where no worker serves and the configuration is wrong for
 * certain: a certificate may be read while it is being replaced.
 */
export class StartAttempts {
  #hasServed = false
  #inARow = 0

  served(): void {
    this.#hasServed = true
    this.#inARow = 0
  }

  /**
   * @param serving how many workers serve
   * @returns why the primary must end, in a sentence; undefined where it is to try again
   */
  after({ message, obstacle }: NotStarted, serving: number): string | undefined {
    if (!this.#hasServed) return obstacle === 'passing' ? undefined : message
    if (obstacle !== 'configuration' || serving > 0) this.#inARow = 0
    else if (++this.#inARow >= attemptsMax)
      return `no worker serves, and the last ${attemptsMax} did not start: ${message}`
    return undefined
  }
}
