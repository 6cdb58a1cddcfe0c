import { CliError } from '../cli-error.ts'

/**
 * What the system would not do (EACCES, ENOENT, ENOSPC …) as an ending of its own: left alone it would end with the
 * status of a file in which some rows are bad. Other errors are given back as they are.
 * @param path what it was about, where the error itself does not say so
 * @param advice what to do about it
 */
export function toCliError(error: unknown, path?: string, advice = ''): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException
  if (error instanceof CliError || syscall === undefined) return error
  const told = path === undefined || message.includes(path) ? message : `${path}: ${message}`
  return new CliError('usage', told + advice)
}

/** Does what may fail so. @throws CliError */
export function orCliError<T>(path: string, advice: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toCliError(error, path, advice)
  }
}
