import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Server, startServer } from './child.ts'

/** As many as the machine of the targets has cores. */
export const workers = 2

/** The flags that the launcher of a clone gives to a server that a shell has started; to one of ours, whose parent it hears, it can't. */
const heapFlagsOf = (program: string): string[] =>
  /heapFlags = \[(.*)\]/.exec(readFileSync(program, 'utf8'))![1]!.match(/--[^']+/g)!

/** Rollcall as a user starts it from the clone in `tree`, on the store that the bench has filled; everything is switched on. */
function startOf(tree: string, folder: string, options: readonly string[]): Promise<Server> {
  const program = join(tree, 'bin', 'rollcall.cjs')
  const parameters = ['serve', '--port', '0', '--drain-seconds', '0', '--data', folder, ...options]
  return startServer(pathToFileURL(program), parameters, heapFlagsOf(program))
}

const here = fileURLToPath(new URL('../..', import.meta.url))

export const startOurs = (folder: string, ...options: string[]): Promise<Server> =>
  startOf(here, folder, options)

export const startOurWorkersOf = (tree: string, folder: string, ...options: string[]): Promise<Server> =>
  startOf(tree, folder, ['--workers', String(workers), ...options])

export const startOurWorkers = (folder: string, ...options: string[]): Promise<Server> =>
  startOurWorkersOf(here, folder, ...options)
