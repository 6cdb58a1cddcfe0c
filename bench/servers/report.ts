/** Loaded before each server's own program: tells its parent, over IPC, what it has used. */
import { isMainThread } from 'node:worker_threads'
import { cpuMilliseconds } from '../measure.ts'

export interface Usage {
  readonly cpuMilliseconds: number
  /** The most memory it ever held, in bytes. */
  readonly memory: number
}

// Threads of the server load this file too; the process answers for them all.
if (isMainThread) {
  process.on('message', (question) => {
    if (question !== 'usage') return
    const memory = process.resourceUsage().maxRSS * 1024
    process.send!({ cpuMilliseconds: cpuMilliseconds(), memory } satisfies Usage)
  })
  // However the bench ends, no server outlives it.
  process.once('disconnect', () => process.exit())
}
