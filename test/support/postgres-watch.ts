import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Account, Binaries } from './postgres-binaries.ts'
import { killWithChildren } from './postgres-kill.ts'

/*
 * A process that runs one PostgreSQL server for the process that has started it (postgres-server.ts), in a
 * temporary folder. It ends the server and removes the folder as soon as that process is gone, whatever way it
 * went: a channel's other end closes with SIGKILL too.
 */

/** The argument, as JSON. */
export interface Order {
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly user: string
  readonly password: string
}

/** `start` has the server's arguments. `end` is answered when the server has ended. */
export type Command =
  | { readonly start: readonly string[] }
  | { readonly end: 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL' }

/** One to each command. `pid` is that of the server. */
export type Answer =
  | { readonly error: string }
  | { readonly folder: string; readonly pid: number | undefined }

const order: Order = JSON.parse(process.argv[2]!)
const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'))
const data = join(folder, 'data')
const log = join(folder, 'log')
const lockFile = join(data, 'postmaster.pid')
const options = {
  ...order.account,
  cwd: folder,
  // Nothing of ours: PGPORT and its like would count.
  env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', LD_LIBRARY_PATH: order.binaries.libraries.join(':') },
}
let server: ChildProcess | undefined

process.on('message', async (command: Command) => {
  let answer: Answer
  try {
    if ('start' in command) await start(command.start)
    else await end(command.end)
    answer = { folder, pid: server?.pid }
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) }
  }
  if (process.connected) process.send!(answer, () => {})
})
process.on('disconnect', leave)
if (!process.connected) leave()

async function start(args: readonly string[]): Promise<void> {
  if (server) throw new Error('the server is running already')
  if (!existsSync(data)) initialize()
  const output = openSync(log, 'a')
  const started = spawn(join(order.binaries.folder, 'postgres'), ['-D', data, ...args], {
    ...options,
    stdio: ['ignore', output, output],
  })
  server = started
  let failure: Error | undefined
  started.on('error', (error) => (failure = error))
  started.on('close', () => (server = undefined))
  while (!isReady(started.pid)) {
    if (!server) throw new Error(`postgres: ${failure?.message ?? readFileSync(log, 'utf8').slice(-2000)}`)
    await delay(5)
  }
}

function initialize(): void {
  const password = join(folder, 'password')
  writeFileSync(password, order.password, { mode: 0o600 })
  if (order.account)
    for (const path of [folder, password]) chownSync(path, order.account.uid, order.account.gid)
  const { status, stderr, error } = spawnSync(
    join(order.binaries.folder, 'initdb'),
    [
      ...['--pgdata', data, '--no-sync', '--locale=C', '--encoding=UTF8'],
      // SCRAM would take some milliseconds of each connection.
      ...['--username', order.user, '--pwfile', password, '--auth=md5'],
    ],
    { ...options, encoding: 'utf8' },
  )
  if (status !== 0) {
    rmSync(data, { recursive: true, force: true })
    throw new Error(`initdb: ${error?.message ?? stderr}`)
  }
}

/** Line 1 of the lock file is the process that wrote it, line 8 its state. A crashed server leaves its own. */
function isReady(pid: number | undefined): boolean {
  const lines = existsSync(lockFile) ? readFileSync(lockFile, 'utf8').split('\n') : []
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (!server) return
  const ended = once(server, 'close')
  if (signal === 'SIGKILL') await killWithChildren(server.pid!)
  else server.kill(signal)
  await ended
}

async function leave(): Promise<void> {
  await Promise.race([end('SIGQUIT'), delay(10_000)])
  await end('SIGKILL')
  // Killed, it has left a System V segment, of which a system has a few thousand: line 7, key and id.
  const segment =
    existsSync(lockFile) && readFileSync(lockFile, 'utf8').split('\n')[6]?.trim().split(/\s+/)[1]
  if (segment) spawnSync('ipcrm', ['-m', segment])
  rmSync(folder, { recursive: true, force: true })
  process.exit()
}
