/** The resources of a server process, reported on request. */
export interface Usage {
  /** Microseconds of processor time, of all its threads. */
  readonly cpu: number
  /** Bytes of memory after garbage collection. */
  readonly rss: number
}

export interface Ready {
  readonly port: number
  readonly tlsPort: number
  readonly productKey: string
}

/** Reports to the parent that the server is ready, and its usage on request. */
export function serveUsage(ready: Ready): void {
  process.on('message', () => {
    // Twice, because finalizers of the first collection may keep other objects alive.
    for (let i = 0; i < 2; i++) (globalThis as { gc?: () => void }).gc?.()
    const { user, system } = process.cpuUsage()
    process.send!({ cpu: user + system, rss: process.memoryUsage.rss() } satisfies Usage)
  })
  process.on('disconnect', () => process.exit())
  process.send!(ready)
}
