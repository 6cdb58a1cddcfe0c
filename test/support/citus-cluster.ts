import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../deploy/citus-cluster.sh', import.meta.url))

/** A connection option: fewer shards than the default are created faster, and each worker still has several. */
export const fewShards = '-c citus.shard_count=6'

/** The folder of the server programs with Citus, psql among them. */
export const citusPrograms = () => spawnSync('bash', [script, 'where'], { encoding: 'utf8' }).stdout.trim()

/** Why this machine can't run a cluster; undefined if it can. */
export function noCitus(): string | undefined {
  const { status, stderr, error } = spawnSync('bash', [script, 'where'], { encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}

/**
 * A cluster of deploy/citus-cluster.sh in a temporary folder. It ends with this process unless `close` has
 * ended it.
 */
export class CitusCluster {
  /** The database on the coordinator, as its owner. */
  readonly url: string
  readonly folder: string
  readonly #run: ChildProcess

  private constructor(url: string, folder: string, run: ChildProcess) {
    this.url = url
    this.folder = folder
    this.#run = run
  }

  /**
   * @param settings lines of every server's postgresql.conf
   * @throws Error if the script ends before the cluster is up; its output is on standard error
   */
  static async start(...settings: readonly string[]): Promise<CitusCluster> {
    const folder = join(tmpdir(), `rollcall-citus-${randomBytes(6).toString('hex')}`)
    // Below the ports that systems give to outgoing connections.
    const options = [
      '--port',
      String(randomInt(20_000, 32_000)),
      ...settings.flatMap((line) => ['--set', line]),
    ]
    const run = spawn('bash', [script, 'run', folder, ...options], {
      // In a separate session, so that the terminal's Ctrl-C reaches only the tests; the script stops the
      // servers after them.
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const line = once(createInterface(run.stdout!), 'line').then(([line]) => line as string)
    const url = await Promise.race([line, once(run, 'exit').then(() => undefined)])
    if (url === undefined) throw new Error(`${script} made no cluster`)
    run.unref()
    return new CitusCluster(url, folder, run)
  }

  /** Runs another command of the script on this cluster; returns its output. */
  command(name: string, ...nodes: string[]): string {
    const { status, stdout, stderr } = spawnSync('bash', [script, name, this.folder, ...nodes], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`${script} ${name}: ${stderr}`)
    return stdout
  }

  /** The servers' names. */
  nodes(): string[] {
    return globSync('{coordinator,worker-*}', { cwd: this.folder }).sort()
  }

  /** The first process of a server that runs. */
  pid(node: string): number {
    return Number(readFileSync(join(this.folder, node, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  }

  /** The port of a server on 127.0.0.1. */
  port(node: string): number {
    return Number(readFileSync(join(this.folder, node, 'port'), 'utf8'))
  }

  /** The URL of a superuser of the coordinator or a worker, in the same database. */
  superuser(node: string): string {
    return Object.assign(new URL(this.url), { username: 'postgres', port: this.port(node) }).href
  }

  /** The log of a server. */
  log(node: string): string {
    return readFileSync(join(this.folder, node, 'log'), 'utf8')
  }

  /** Stops the servers and deletes the folder. */
  async close(): Promise<void> {
    if (this.#run.exitCode !== null || this.#run.signalCode !== null) return
    // From here on it keeps this process alive.
    this.#run.ref()
    const ended = once(this.#run, 'exit')
    this.#run.stdin!.end()
    await ended
  }
}
