import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
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

/** How to run PostgreSQL, and the superuser to make. */
export interface Order {
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly user: string
  readonly password: string
}

/** `start` has the server's arguments. `end` is answered when the server has ended. */
export type Command =
  | { readonly initialize: Order }
  | { readonly start: readonly string[] }
  | { readonly end: 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL' }

/** One to each command. `pid` is that of the server. */
export type Answer =
  | { readonly error: string }
  | { readonly folder: string; readonly pid: number | undefined }

const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'))
const data = join(folder, 'data')
const log = join(folder, 'log')
const lockFile = join(data, 'postmaster.pid')
let order: Order
let server: ChildProcess | undefined

process.on('message', async ({ id, command }: { id: number; command: Command }) => {
  let answer: Answer
  try {
    if ('initialize' in command) initialize((order = command.initialize))
    else if ('start' in command) await start(command.start)
    else await end(command.end)
    answer = { folder, pid: server?.pid }
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) }
  }
  if (process.connected) process.send!({ id, answer }, () => {})
})
process.on('disconnect', leave)
if (!process.connected) leave()

function initialize({ account, user, password }: Order): void {
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account) for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid)
  const { status, stderr, error } = spawnSync(
    program('initdb'),
    [
      ...['--pgdata', data, '--no-sync', '--locale=C', '--encoding=UTF8'],
      // SCRAM would take some milliseconds of each connection.
      ...['--username', user, '--pwfile', passwordFile, '--auth=md5'],
    ],
    { ...options(), encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`initdb: ${error?.message ?? stderr}`)
}

async function start(args: readonly string[]): Promise<void> {
  if (server) throw new Error('the server is running already')
  const output = openSync(log, 'a')
  const started = spawn(program('postgres'), ['-D', data, ...args], {
    ...options(),
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  server = started
  let failure: Error | undefined
  started.on('error', (error) => (failure = error))
  started.on('close', () => (server = undefined))
  while (!isReady(started.pid)) {
    if (!server) throw new Error(`postgres: ${failure?.message ?? readFileSync(log, 'utf8').slice(-2000)}`)
    await delay(5)
  }
}

function program(name: string): string {
  return join(order.binaries.folder, name)
}

function options() {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', LD_LIBRARY_PATH: order.binaries.libraries.join(':') }
  // Nothing of our own environment: PGPORT and its like would count.
  return { ...order.account, cwd: folder, env }
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
