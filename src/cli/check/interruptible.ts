import { setMaxListeners } from 'node:events'
import { CliError, statuses } from '../cli-error.ts'
import { toCliError } from './system-error.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The error of a command that a signal stopped. */
export const interruption = () => new CliError('interrupted', 'interrupted')

/**
 * Runs a command on a file. The first signal aborts the work, so that it finishes calls in progress and cleans
 * up; a second one exits at once.
 * @param path the file, '-' for standard input
 * @throws CliError also for system errors
 */
export async function interruptible(
  path: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController()
  // Every waiting call adds a listener.
  setMaxListeners(0, controller.signal)
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(statuses.interrupted)
    process.stderr.write('finishing calls in progress; interrupt again to stop at once\n')
    controller.abort()
    if (path !== '-') return
    // A read of standard input would wait for more input.
    process.stdin.on('error', () => {})
    process.stdin.destroy(interruption())
  }
  for (const signal of signals) process.on(signal, onSignal)
  try {
    await work(controller.signal)
  } catch (error) {
    throw toCliError(error)
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
  }
}
