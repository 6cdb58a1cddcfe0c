/** The exit statuses of the commands that call an endpoint. */
export const statuses = {
  good: 0,
  someBad: 1,
  usage: 2,
  /** The endpoint was unreachable, or rejected the caller's credentials or permission. */
  unreachable: 3,
  /** Work was started that the same command resumes. */
  interrupted: 4,
} as const

/** Ends the program with an exit status and a message. */
export class CliError extends Error {
  readonly status: number

  constructor(status: keyof typeof statuses, message: string) {
    super(message)
    this.status = statuses[status]
  }
}
