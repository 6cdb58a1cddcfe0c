import { ConfigurationError } from '../../lib/configuration-error.ts'
import { Unavailable } from '../../storage/storage.ts'

/**
 * Why a worker did not start.
 * - `passing`: the store is unusable at the moment, or the worker died; a later attempt may succeed.
 * - `configuration`: a file or setting is invalid; no attempt succeeds before the operator corrects it.
 * - `other`: anything else, such as a port in use.
 */
export type StartFailure = 'passing' | 'configuration' | 'other'

/** SQLSTATEs of a database that denies access: wrong user or password (class 28), no such database (3D). */
const denied = /^(28|3D)/

export function startFailureOf(error: unknown): StartFailure {
  if (error instanceof ConfigurationError) return 'configuration'
  if (!(error instanceof Unavailable)) return 'other'
  // The password may be corrected on either side, so this is not certainly a configuration error.
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

/**
 * How many attempts in a row may fail because of the configuration, with no worker serving, before the primary
 * exits.
 */
export const attemptsMax = 5

/**
 * Decides after each failed start whether the primary continues.
 * Before any worker has served, it exits unless the reason may pass, since an operator is waiting for the
 * start. Afterwards it exits only if no worker serves and the configuration is invalid for `attemptsMax`
 * attempts: a certificate may be read while it is being replaced.
 */
export class StartAttempts {
  #hasServed = false
  #inARow = 0

  served(): void {
    this.#hasServed = true
    this.#inARow = 0
  }

  /**
   * @param serving number of serving workers
   * @returns the reason to exit, as a sentence; undefined to retry
   */
  after({ message, obstacle }: NotStarted, serving: number): string | undefined {
    if (!this.#hasServed) return obstacle === 'passing' ? undefined : message
    if (obstacle !== 'configuration' || serving > 0) this.#inARow = 0
    else if (++this.#inARow >= attemptsMax)
      return `no worker serves, and the last ${attemptsMax} did not start: ${message}`
    return undefined
  }
}
