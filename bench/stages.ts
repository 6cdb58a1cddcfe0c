import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { InProcess } from './in-process.ts'

/** Measures a check in process on a store that no loaded server uses at the same time. */
export async function measureInProcess(
  data: string,
  { calls, warmUpMs }: { readonly calls: number; readonly warmUpMs: number },
): Promise<InProcess> {
  const program = fileURLToPath(new URL('in-process.ts', import.meta.url))
  const child = fork(program, [data, String(calls), String(warmUpMs)])
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the measurement in process ended with ${code}`)
  })
  const [figures] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return figures
}
