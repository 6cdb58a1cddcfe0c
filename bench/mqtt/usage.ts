/** What a server process has used, as it reports when it is asked. */
export interface Usage {
  /** Microseconds of processor time, of all its threads. */
  readonly cpu: number
  /** Bytes of memory after a collection of garbage. */
  readonly rss: number
}

export interface Ready {
  readonly port: number
  readonly tlsPort: number
  readonly productKey: string
}

/** Reports to the parent that the server is ready, and its usage whenever it asks. */
export function serveUsage(ready: Ready): void {
  process.on('message', () => {
    // Twice: what the first collection finds dead may keep others alive.
    for (let i = 0; i < 2; i++) (globalThis as { gc?: () => void }).gc?.()
    const { user, system } = process.cpuUsage()
    process.send!({ cpu: user + system, rss: process.memoryUsage.rss() } satisfies Usage)
  })
  process.on('disconnect', () => process.exit())
  process.send!(ready)
}
