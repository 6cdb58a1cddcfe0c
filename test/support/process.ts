import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { endsWithUs, removedWithUs } from './reaper.ts'

/** A test, or an equivalent. */
export type Lifetime = Pick<TestContext, 'after'>

/** The program as users start it. */
export const launcher = fileURLToPath(new URL('../../bin/rollcall.cjs', import.meta.url))

// The snippet of a first start runs `node`: the one that runs the tests.
const path = `${dirname(process.execPath)}:${process.env.PATH}`
/**
 * The environment of every process. There is no load balancer to drain for, and servers of other tests use the
 * default device port.
 */
const surroundings = { PATH: path, ROLLCALL_DRAIN_SECONDS: '0', ROLLCALL_MQTT_PORT: '0' }

export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A child process whose output is kept. */
export class Process {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  stdout = ''
  stderr = ''

  constructor(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
    // In a separate process group, so that `kill` also ends its children.
    this.child = spawn(command, args, { cwd, env, stdio: 'pipe', detached: true })
    endsWithUs(this.child, 'group')
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    this.child.stdin!.on('error', () => {}).end()
    this.ended = new Promise((resolve, reject) => {
      this.child.on('error', reject)
      this.child.on('close', (status, signal) => {
        resolve({ status, signal, stdout: this.stdout, stderr: this.stderr })
      })
    })
  }

  /** Resolves once standard output has `pattern`. */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    const found = Promise.withResolvers<RegExpExecArray>()
    const look = () => {
      const match = pattern.exec(this.stdout)
      if (match !== null) found.resolve(match)
    }
    const fail = (what: string) => {
      found.reject(new Error(`${what} before ${pattern}\nstdout: ${this.stdout}\nstderr: ${this.stderr}`))
    }
    this.child.stdout!.on('data', look)
    this.ended.then(
      ({ status }) => fail(`it ended with status ${status}`),
      (error) => fail(error.message),
    )
    look()
    try {
      return await within(30_000, found.promise, String(pattern))
    } finally {
      this.child.stdout!.off('data', look)
    }
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal)
    return within(15_000, this.ended, `the end after ${signal}`)
  }

  /** Ends it and everything it started. */
  async kill(): Promise<void> {
    try {
      process.kill(-this.child.pid!, 'SIGKILL')
    } catch {
      // Nothing of it is left.
    }
    await this.ended.catch(() => {})
  }
}

/** A folder to start processes in. After the test, both are removed. */
export class Place {
  readonly folder: string
  readonly #env: Readonly<Record<string, string>>
  readonly #processes: Set<Process>

  constructor(folder: string, env: Readonly<Record<string, string>>, processes: Set<Process>) {
    this.folder = folder
    this.#env = env
    this.#processes = processes
  }

  /**
   * Returns the same place with additional environment variables; otherwise there are only PATH and no
   * draining.
   */
  with(env: Readonly<Record<string, string>>): Place {
    return new Place(this.folder, { ...this.#env, ...env }, this.#processes)
  }

  file(name: string): string {
    return join(this.folder, name)
  }

  start(command: string, ...args: string[]): Process {
    const started = new Process(command, args, this.folder, { ...surroundings, ...this.#env })
    this.#processes.add(started)
    return started
  }

  /** Runs `rollcall` with these arguments to its end. */
  run(...args: string[]): Promise<Ended> {
    const started = this.start(process.execPath, launcher, ...args)
    return within(30_000, started.ended, `the end of rollcall ${args.join(' ')}`)
  }

  /** Returns the rows that a command prints with --json; throws if it fails. */
  async rows(...args: string[]): Promise<Record<string, string>[]> {
    const { status, stdout, stderr } = await this.run(...args, '--json')
    if (status !== 0) throw new Error(`rollcall ${args.join(' ')} ended with ${status}: ${stderr}`)
    return stdout === '' ? [] : JSON.parse(stdout)
  }

  /** Starts `rollcall serve` on a free port unless `args` have one. */
  startServer(...args: string[]): Process {
    return this.start(process.execPath, launcher, 'serve', '--port', '0', ...args)
  }

  /** Starts `rollcall serve` on a free port and waits for the line with its URL. */
  async serve(...args: string[]): Promise<{ readonly url: string; readonly process: Process }> {
    const started = this.startServer(...args)
    const [, url] = await started.until(/^rollcall is listening on (\S+)$/m)
    return { url: url!, process: started }
  }
}

export function temporaryPlace(t: Lifetime): Place {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  removedWithUs(folder)
  const processes = new Set<Process>()
  t.after(async () => {
    await Promise.all([...processes].map((started) => started.kill()))
    rmSync(folder, { recursive: true, force: true })
  })
  return new Place(folder, {}, processes)
}

function within<T>(milliseconds: number, promise: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new Error(`waited ${milliseconds} ms for ${what}`)),
    milliseconds,
  )
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer))
}
