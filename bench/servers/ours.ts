import { readFileSync } from 'node:fs'
import { type Server, startServer } from './child.ts'

/** As many as the machine of the targets has cores. */
const workers = 2

const program = new URL('../../bin/rollcall.cjs', import.meta.url)
/** What stands in the program's first line, which a shell would read. */
const [, ...heapFlags] = /^#!.* -S node(.*)$/m.exec(readFileSync(program, 'utf8'))![1]!.split(' ')

/** Rollcall as a user starts it, on the store that the bench has filled; everything is switched on. */
export const startOurs = (folder: string, ...options: string[]): Promise<Server> =>
  startServer(program, ['serve', '--port', '0', '--data', folder, ...options], heapFlags)

export const startOurWorkers = (folder: string, ...options: string[]): Promise<Server> =>
  startOurs(folder, '--workers', String(workers), ...options)
