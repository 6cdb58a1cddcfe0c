import { readFileSync } from 'node:fs'
import { type Server, startServer } from './child.ts'

/** As many as the machine of the targets has cores. */
const workers = 2

const program = new URL('../../bin/rollcall.cjs', import.meta.url)
/** The launcher gives them to a server that a shell has started; to one of ours, whose parent it hears, it can't. */
const heapFlags = /heapFlags = \[(.*)\]/.exec(readFileSync(program, 'utf8'))![1]!.match(/--[^']+/g)!

/** Rollcall as a user starts it, on the store that the bench has filled; everything is switched on. */
export const startOurs = (folder: string, ...options: string[]): Promise<Server> =>
  startServer(
    program,
    ['serve', '--port', '0', '--drain-seconds', '0', '--data', folder, ...options],
    heapFlags,
  )

export const startOurWorkers = (folder: string, ...options: string[]): Promise<Server> =>
  startOurs(folder, '--workers', String(workers), ...options)
