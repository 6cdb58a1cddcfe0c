import { type Server, startServer } from './child.ts'

/** As many as the machine of the targets has cores. */
const workers = 2

/** Rollcall as a user starts it, on the store that the bench has filled; everything is switched on. */
export const startOurs = (folder: string, ...options: string[]): Promise<Server> =>
  startServer(new URL('../../bin/rollcall.cjs', import.meta.url), [
    'serve',
    '--port',
    '0',
    '--data',
    folder,
    ...options,
  ])

export const startOurWorkers = (folder: string, ...options: string[]): Promise<Server> =>
  startOurs(folder, '--workers', String(workers), ...options)
