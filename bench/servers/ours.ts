/** Rollcall as a user starts it, on the store that the bench has filled. */
import { type Server, startServer } from './child.ts'

export const startOurs = (folder: string, ...options: string[]): Promise<Server> =>
  startServer(new URL('../../bin/rollcall.cjs', import.meta.url), [
    'serve',
    '--port',
    '0',
    '--data',
    folder,
    ...options,
  ])
