/**
 * Runs functions periodically until they are stopped; does not keep the process alive. Tests provide their own.
 */
export interface Timers {
  every(milliseconds: number, run: () => void): { stop(): void }
}

export const systemTimers: Timers = {
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds).unref()
    return { stop: () => clearInterval(timer) }
  },
}
