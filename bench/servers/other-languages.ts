/** Servers of the plain way in Go and Python, if these are installed. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { caller } from '../workload.ts'
import { type Server, startProgram } from './child.ts'
import { namesBeside, plainProduct } from './plain-table.ts'

const source = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const runs = (command: string, ...parameters: string[]) => spawnSync(command, parameters).status === 0

export const hasGo = (): boolean => runs('go', 'version')
export const hasPython = (): boolean => runs('python3', '--version')

/** @param folder receives the compiled program */
export function startGo(table: string, folder: string): Promise<Server> {
  const program = join(folder, 'plain-go')
  const { status, stderr } = spawnSync('go', ['build', '-o', program, source('plain.go')], {
    env: { ...process.env, GO111MODULE: 'off', GOCACHE: join(folder, 'go-cache') },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`plain.go does not compile: ${stderr}`)
  return startProgram(program, [namesBeside(table), caller.accessKeySecret])
}

export const startPython = (table: string): Promise<Server> =>
  startProgram('python3', [source('plain.py'), table, caller.accessKeySecret, String(plainProduct)])
