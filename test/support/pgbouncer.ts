import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { unprivilegedAccount } from './postgres-binaries.ts'
import type { Lifetime } from './process.ts'

/** PgBouncer between a client and a database, with its package's settings except for these. */
export interface PgBouncerOptions {
  readonly mode: 'session' | 'transaction' | 'statement'
  /** Connections to the server, for each database and user. */
  readonly poolSize: number
  /** Other settings by name, as in pgbouncer.ini. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface PgBouncer {
  /** The database's URL through it. */
  readonly url: string
  log(): string
  /** Kills it, as a crash does. */
  kill(): Promise<void>
  /** Starts it again on the same port. */
  start(): Promise<void>
}

// A shell outlives it and kills it as soon as this process is gone, when its standard input ends.
const script = '"$0" "$1" & pid=$!; trap "" TERM; read _; kill -9 $pid; wait'

const program = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'pgbouncer'))
  .find(isProgram)

function isProgram(path: string): boolean {
  try {
    accessSync(path)
    return true
  } catch {
    return false
  }
}

/** Why a test is skipped without PgBouncer. If CI is set, that is a failure. */
export const withoutPgBouncer: string | false =
  program === undefined && !process.env.CI && 'there is no pgbouncer (apt-get install pgbouncer)'

export async function pgBouncer(
  t: Lifetime,
  target: string,
  { mode, poolSize, settings = {} }: PgBouncerOptions,
): Promise<PgBouncer> {
  if (program === undefined) throw new Error('there is no pgbouncer; apt-get install pgbouncer')
  const { hostname, port: targetPort, username, password } = new URL(target)
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-pgbouncer-'))
  const file = (name: string) => join(folder, name)
  const port = await freePort()
  writeFileSync(file('users'), `"${username}" "${password}"\n`)
  const lines = Object.entries({
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'md5',
    auth_file: file('users'),
    logfile: file('log'),
    pool_mode: mode,
    default_pool_size: String(poolSize),
    ...settings,
  }).map(([name, value]) => `${name} = ${value}`)
  writeFileSync(
    file('ini'),
    `[databases]\n* = host=${hostname} port=${targetPort}\n[pgbouncer]\n${lines.join('\n')}\n`,
  )
  const account = unprivilegedAccount()
  chmodSync(folder, 0o700)
  if (account)
    for (const path of [folder, file('users'), file('ini')]) chownSync(path, account.uid, account.gid)

  let running: ChildProcess | undefined
  const bouncer: PgBouncer = {
    url: Object.assign(new URL(target), { port: String(port) }).href,
    log: () => readFileSync(file('log'), 'utf8'),
    async kill() {
      const ended = once(running!, 'close')
      running!.stdin!.end()
      await ended
      running = undefined
    },
    async start() {
      const started = spawn('/bin/sh', ['-c', script, program, file('ini')], {
        ...account,
        cwd: folder,
        env: {},
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
      })
      running = started
      while (!(await accepts(port))) {
        if (started.exitCode !== null) throw new Error(`pgbouncer has ended:\n${bouncer.log()}`)
        await delay(5)
      }
    },
  }
  t.after(async () => {
    if (running !== undefined) await bouncer.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  await bouncer.start()
  return bouncer
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
