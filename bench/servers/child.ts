/** A server under load: a process of its own, so that its CPU time is its own. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Server {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/** Starts a program that prints "… listening on <url>" once it serves. */
export async function startServer(
  program: URL,
  parameters: readonly string[] = [],
  execArgv: readonly string[] = [],
): Promise<Server> {
  const child = fork(fileURLToPath(program), parameters, {
    execArgv: [...execArgv],
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  return served(child, program.pathname)
}

/** Starts a program that is not Node.js; it must exit when its standard input closes. */
export const startProgram = (command: string, parameters: readonly string[]): Promise<Server> =>
  served(spawn(command, parameters, { env: environment(), stdio: ['pipe', 'pipe', 'inherit'] }), command)

/** Environment of a server, without the shell's settings for Rollcall. */
const environment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ROLLCALL_')))

async function served(child: ChildProcess, program: string): Promise<Server> {
  const exited = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout!.on('data', (chunk) => {
      printed += chunk
      const [, found] = /listening on (http:\S+)\n/.exec(printed) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code} before it served`)))
  })

  return {
    url,
    pid: child.pid!,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
