/** Runs things again and again, until they are stopped; it keeps no process alive. A test brings its own. */
export interface Timers {
  every(milliseconds: number, run: () => void): { stop(): void }
}

export const systemTimers: Timers = {
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds).unref()
    return { stop: () => clearInterval(timer) }
  },
}
