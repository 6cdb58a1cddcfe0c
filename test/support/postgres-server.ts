import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'
import { postgresBinaries, unprivilegedAccount } from './postgres-binaries.ts'
import type { Answer, Command } from './postgres-watch.ts'

const watch = fileURLToPath(new URL('./postgres-watch.ts', import.meta.url))

export interface PostgresOptions {
  /** On 127.0.0.1. A free one if left out. */
  readonly port?: number
  /**
   * PostgreSQL's default durability, which survives power cuts. Off if omitted: kill -9 loses nothing either
   * way.
   */
  readonly durable?: boolean
  /** Settings by name, as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>
}

const always = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // In its folder, because files in /dev/shm survive kill -9.
  dynamic_shared_memory_type: 'mmap',
}
const fast = { fsync: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0', jit: 'off' }

const modes = { smart: 'SIGTERM', fast: 'SIGINT', immediate: 'SIGQUIT' } as const

/** A PostgreSQL server in a temporary folder. It ends with this process unless `close` has ended it. */
export class PostgresServer {
  readonly port: number
  readonly #watch: ChildProcess
  readonly #args: readonly string[]
  readonly #user = 'rollcall'
  readonly #password = randomBytes(12).toString('hex')
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #asked = 0
  #folder = ''
  #pid: number | undefined

  private constructor(port: number, options: PostgresOptions) {
    this.port = port
    const settings = { ...always, ...(options.durable ? {} : fast), ...options.settings, port: String(port) }
    this.#args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    // In a separate session, so that the terminal's Ctrl-C reaches only the tests; the server must outlive
    // them.
    this.#watch = fork(watch, {
      detached: true,
      execArgv: [],
      stdio: 'ignore',
      env: { TMPDIR: process.env.TMPDIR, PATH: process.env.PATH },
    })
    this.#watch.on('message', ({ id, answer }: { id: number; answer: Answer }) =>
      this.#waiting.get(id)?.(answer),
    )
    this.#watch.on('exit', () => {
      for (const resolve of this.#waiting.values()) resolve({ error: `the process of ${watch} has ended` })
    })
    this.#watch.unref()
    this.#watch.channel?.unref()
  }

  /** Resolves once it accepts connections. Throws with the end of its log if it doesn't. */
  static async start(options: PostgresOptions = {}): Promise<PostgresServer> {
    const order = { binaries: postgresBinaries(), account: unprivilegedAccount() }
    for (;;) {
      const server = new PostgresServer(options.port ?? (await freePort()), options)
      try {
        await server.#ask({ initialize: { ...order, user: server.#user, password: server.#password } })
        await server.start()
        return server
      } catch (error) {
        await server.close()
        // Another process took the port first.
        if (options.port === undefined && /Address already in use/.test(String(error))) continue
        throw error
      }
    }
  }

  /** Its user is a superuser. */
  url(database = 'postgres'): string {
    return `postgres://${this.#user}:${this.#password}@127.0.0.1:${this.port}/${database}`
  }

  /** The root process. Undefined while the server is stopped. */
  get pid(): number | undefined {
    return this.#pid
  }

  /** Returns the server's log. */
  log(): string {
    return readFileSync(join(this.#folder, 'log'), 'utf8')
  }

  /** Starts it again, on the same port and data; resolves once it accepts connections. */
  start(): Promise<void> {
    return this.#ask({ start: this.#args })
  }

  /**
   * Like `pg_ctl stop --mode`: `fast` closes its connections, `immediate` requires recovery at the next start.
   */
  stop(mode: keyof typeof modes = 'fast'): Promise<void> {
    return this.#ask({ end: modes[mode] })
  }

  /** Kills all of its processes at once. */
  kill9(): Promise<void> {
    return this.#ask({ end: 'SIGKILL' })
  }

  /** Ends it for good and removes its folder. */
  async close(): Promise<void> {
    if (this.#watch.exitCode !== null || this.#watch.signalCode !== null) return
    this.#watch.ref()
    const ended = once(this.#watch, 'exit')
    if (this.#watch.connected) this.#watch.disconnect()
    await ended
  }

  async #ask(command: Command): Promise<void> {
    const id = (this.#asked += 1)
    const { promise, resolve } = Promise.withResolvers<Answer>()
    this.#waiting.set(id, resolve)
    // It keeps this process alive only while a command is pending.
    this.#watch.channel?.ref()
    this.#watch.send({ id, command }, (error) => error && resolve({ error: error.message }))
    const answer = await promise
    this.#waiting.delete(id)
    if (this.#waiting.size === 0) this.#watch.channel?.unref()
    if ('error' in answer) throw new Error(answer.error)
    this.#folder = answer.folder
    this.#pid = answer.pid
  }
}
