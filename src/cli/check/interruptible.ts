import { setMaxListeners } from 'node:events'
import { CliError, statuses } from '../cli-error.ts'
import { toCliError } from './system-error.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What a signal ends, where there is no more to say. */
export const interruption = () => new CliError('interrupted', 'interrupted')

/**
 * Does the work of a command on a file. A first signal aborts what the work is given, so that it ends what is under
 * way and clears up; a second one ends it at once.
 * @param path of the file, '-' for standard input
 * @throws CliError also for what the system would not do
 */
export async function interruptible(
  path: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController()
  // Every call that waits listens.
  setMaxListeners(0, controller.signal)
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(statuses.interrupted)
    process.stderr.write('ending what is under way; once more ends it at once\n')
    controller.abort()
    if (path !== '-') return
    // Who waits for standard input would wait for whoever writes it.
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
