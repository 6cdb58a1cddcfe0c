/** The exit statuses of the commands that call an endpoint. */
export const statuses = {
  good: 0,
  someBad: 1,
  usage: 2,
  /** The endpoint could not be reached, or did not believe or allow the caller. */
  unreachable: 3,
  /** Something was begun that the same command takes up again. */
  interrupted: 4,
} as const

/** Ends the program with a status and a message. */
export class CliError extends Error {
  readonly status: number

  constructor(status: keyof typeof statuses, message: string) {
    super(message)
    this.status = statuses[status]
  }
}
