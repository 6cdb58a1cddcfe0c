import { CliError } from '../cli-error.ts'

/**
 * Converts a system error (EACCES, ENOENT, ENOSPC …) to a CliError with its own exit status; otherwise the
 * command would end with the status of bad rows. Returns other errors unchanged.
 * @param path the file concerned, if the error doesn't name it
 * @param advice what to do about it
 */
export function toCliError(error: unknown, path?: string, advice = ''): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException
  if (error instanceof CliError || syscall === undefined) return error
  const told = path === undefined || message.includes(path) ? message : `${path}: ${message}`
  return new CliError('usage', told + advice)
}

/** Runs work that may fail with a system error. @throws CliError */
export function orCliError<T>(path: string, advice: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toCliError(error, path, advice)
  }
}
