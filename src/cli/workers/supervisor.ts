import cluster, { type Worker } from 'node:cluster'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { ChosenPort, Config } from '../../config.ts'
import { idleClosedMs } from '../../http/listener.ts'
import { MetricsSum } from '../../http/metrics-sum.ts'
import { type Clock, systemClock } from '../../lib/clock.ts'
import { type Logger, openLog } from '../../log.ts'
import type { Serves } from '../../main.ts'
import { Backoff } from './backoff.ts'
import type { Report, Served } from './messages.ts'
import { type ReadState, readState } from './process-state.ts'
import { NotStarted, StartAttempts } from './start-failure.ts'
import { beatMs, Watchdog } from './watchdog.ts'
import { WorkerHandle } from './worker-handle.ts'

/** The system functions of the supervisor; tests pass their own. */
export interface SupervisorOptions {
  readonly clock: Clock
  /** Starts a worker's process. */
  readonly fork: () => Worker
  readonly readState: ReadState
}

function systemSurroundings(): SupervisorOptions {
  // Workers accept connections themselves, from one queue (decision 0012). This must be set before anything
  // else.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  // The file has this one's extension: .ts in a clone, .js in the published package.
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
  const exec = fileURLToPath(new URL(`worker${extension}`, import.meta.url))
  cluster.setupPrimary({ exec, args: [], serialization: 'advanced' })
  return { clock: systemClock, fork: () => cluster.fork(), readState }
}

/** The workers of one port: starts them, replaces those that die or hang, and reports for all of them. */
export class Supervisor {
  readonly #config: Config
  readonly #clock: Clock
  readonly #fork: () => Worker
  readonly #log: Logger
  readonly #backoff: Backoff
  readonly #watch: Watchdog<WorkerHandle>
  readonly #watching: NodeJS.Timeout
  /** Failed starts by task: a port for devices that is in use ends the first start, as one for calls does. */
  readonly #verdicts = { calls: new StartAttempts(), devices: new StartAttempts() }
  readonly #sum = new MetricsSum()
  readonly #members = new Set<WorkerHandle>()
  readonly #started = Promise.withResolvers<Served>()
  readonly #givenUp = Promise.withResolvers<never>()
  /** The report of the first worker. */
  #first: Served | undefined
  /** The addresses for devices, as the first worker that serves them opened them. */
  #devices: Served['mqtt']
  /** Replacements in progress, one after the other. */
  #exchanges: Promise<void> = Promise.resolve()
  /** The timer of the next start. */
  #waiting: NodeJS.Timeout | undefined
  /** The configured port; if it is 0, `#takenPort` is the one that the system chose. */
  #port: number
  #takenPort = 0
  /** Generated once, so that a device can resume its TLS session at any worker. */
  readonly #ticketKeys = randomBytes(48)
  /** True once a worker has ended or failed to start: from then on, each one that serves is logged. */
  #hasLost = false
  #draining = false
  #stopped = false

  constructor(config: Config, surroundings: SupervisorOptions = systemSurroundings()) {
    this.#config = config
    this.#clock = surroundings.clock
    this.#fork = surroundings.fork
    this.#log = openLog(config.logLevel)
    this.#backoff = new Backoff(this.#clock)
    this.#port = config.port
    this.#watch = new Watchdog(this.#clock, surroundings.readState)
    this.#watching = setInterval(() => this.#killHanging(), beatMs)
    this.#givenUp.promise.catch(() => {})
  }

  /** Rejects if no worker serves any more and the configuration prevents new ones. */
  get givenUp(): Promise<never> {
    return this.#givenUp.promise
  }

  /**
   * Starts the workers. The first opens the port and fills an empty store, then the others follow. A worker
   * that fails for a passing reason is restarted any number of times; a failing worker delays the others and
   * the result only until it fails.
   * @throws NotStarted if no worker has served and the reason is not passing; all have ended then
   */
  async start(): Promise<Served> {
    this.#fill()
    try {
      return await Promise.race([this.#started.promise, this.#givenUp.promise])
    } catch (error) {
      await this.close()
      throw error
    }
  }

  /** Replaces all workers one after the other; each new one serves before the old one stops. */
  restart(): void {
    for (const member of this.#in('serving')) this.#exchange(member)
  }

  drain(): void {
    this.#draining = true
    for (const member of this.#members) member.send({ kind: 'drain' })
  }

  async close(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#waiting)
    for (const member of this.#members) member.releasePort()
    await Promise.all([...this.#members].map((member) => this.#end(member)))
    clearInterval(this.#watching)
  }

  #in(state: WorkerHandle['state']): WorkerHandle[] {
    return [...this.#members].filter((member) => member.state === state)
  }

  /** Starts missing workers, now or after the delay; called after every change. */
  #fill(): void {
    if (this.#stopped || this.#waiting !== undefined) return
    const missing = this.#missing()
    const waitMs = this.#backoff.remainingMs
    if (missing.length > 0 && waitMs > 0) {
      this.#waiting = setTimeout(() => {
        this.#waiting = undefined
        this.#fill()
      }, waitMs)
    } else for (const serves of missing) this.#replace(serves)
    if (this.#first !== undefined && this.#in('starting').length === 0)
      this.#started.resolve({ ...this.#first, mqtt: this.#devices })
  }

  /** The tasks of the workers that are missing. */
  #missing(): Serves[] {
    const { workers, mqttWorkers } = this.#config
    const wanted: Serves[] =
      mqttWorkers === 0
        ? Array<Serves>(workers).fill('calls and devices')
        : [...Array<Serves>(workers).fill('calls'), ...Array<Serves>(mqttWorkers).fill('devices')]
    const starting = this.#in('starting')
    // One worker finds out whether the store and port are usable; only it fills an empty store.
    if (this.#in('serving').length === 0) return starting.length > 0 ? [] : wanted.slice(0, 1)
    for (const { serves } of [...this.#in('serving'), ...starting]) {
      const place = wanted.indexOf(serves)
      if (place >= 0) wanted.splice(place, 1)
    }
    if (this.#devices !== undefined) return wanted
    // The first worker for devices takes their ports; the others must name what it got.
    const first = starting.some(({ serves }) => serves === 'devices') ? -1 : wanted.indexOf('devices')
    return wanted.filter((serves, i) => serves !== 'devices' || i === first)
  }

  async #replace(serves: Serves): Promise<void> {
    const startedAt = this.#clock.elapsed()
    try {
      await this.#spawn(serves)
      if (this.#hasLost) this.#log.info('a worker serves in the place of one that ended')
    } catch (error) {
      if (this.#stopped) return
      const serving = this.#in('serving').length
      const counts = this.#backoff.ended(startedAt)
      const verdict = counts ? this.#verdictsOf(serves).after(error as NotStarted, serving) : undefined
      if (verdict !== undefined) return this.#givenUp.reject(new Error(verdict))
      this.#hasLost = true
      const retryMs = Math.round(this.#backoff.remainingMs)
      this.#log.error({ err: error, serving, retryMs }, 'a worker did not start; another is started')
    }
    this.#fill()
  }

  /** @throws NotStarted if the worker ends before it serves */
  async #spawn(serves: Serves): Promise<Served> {
    // A port chosen by the system is kept; while any worker listens, all must request it in the same form.
    if (this.#takenPort !== 0 && !this.#isServed('calls')) this.#port = this.#takenPort
    const member = new WorkerHandle(this.#forked(), serves, this.#clock.elapsed(), {
      heard: (heard, report) => this.#heard(heard, report),
      left: (left, how) => this.#left(left, how),
    })
    this.#members.add(member)
    const config = { ...this.#config, port: this.#port, mqtt: this.#mqtt() }
    member.send({
      kind: 'serve',
      config,
      serves,
      reusePort: this.#reusePort(serves),
      ticketKeys: this.#ticketKeys,
    })
    const served = await member.served
    if (serves !== 'calls') this.#devices ??= served.mqtt
    if (serves === 'devices') {
      this.#verdicts.devices.served()
      return served
    }
    const port = portOf(served)
    if (this.#takenPort !== 0 && port !== this.#takenPort) {
      // The others, which held that port, died while it started.
      this.#end(member)
      throw new NotStarted(`a worker listened at port ${port} instead of ${this.#takenPort}`, 'passing')
    }
    this.#takenPort = port
    this.#verdicts.calls.served()
    this.#first ??= served
    return served
  }

  /**
   * The MQTT configuration for workers: the ports that the first one opened. While any worker listens, a port
   * chosen by the system must be requested as 0, unless workers open ports by themselves; one that another process
   * uses is not requested again.
   */
  #mqtt(): Config['mqtt'] {
    const [{ mqtt }, taken] = [this.#config, this.#devices]
    const { mqttWorkers } = this.#config
    if (mqtt === undefined || taken === undefined) return mqtt
    const isFree = !this.#isServed('devices')
    const chosen = (wanted: ChosenPort | undefined, address: string | undefined) => {
      if (wanted === undefined || address === undefined) return undefined
      const mustName = isFree || mqttWorkers > 0
      return mustName ? { number: Number(new URL(address).port), asked: true } : wanted
    }
    return { ...mqtt, port: chosen(mqtt.port, taken.plain), tlsPort: chosen(mqtt.tlsPort, taken.tls) }
  }

  /** Only Linux spreads connections over the processes that share a port. */
  #reusePort(serves: Serves): 'first' | 'further' | undefined {
    if (serves !== 'devices' || process.platform !== 'linux') return undefined
    return this.#devices === undefined ? 'first' : 'further'
  }

  #verdictsOf(serves: Serves): StartAttempts {
    return this.#verdicts[serves === 'devices' ? 'devices' : 'calls']
  }

  /** Whether a worker serves calls, or devices. */
  #isServed(what: 'calls' | 'devices'): boolean {
    return this.#in('serving').some(({ serves }) => serves.includes(what))
  }

  #forked(): Worker {
    try {
      return this.#fork()
    } catch (error) {
      // The system is out of memory or processes.
      throw new NotStarted((error as Error).message, 'passing')
    }
  }

  #heard(member: WorkerHandle, report: Report): void {
    this.#watch.heard(member)
    if (report.kind === 'counted') this.#sum.note(member.number, report.samples)
    else if (report.kind === 'asked to end') this.#exchange(member)
    else if (report.kind === 'metrics wanted') this.#reportMetrics(member)
    else if (report.kind === 'serving' && this.#draining) member.send({ kind: 'drain' })
  }

  #left(member: WorkerHandle, how: string): void {
    this.#members.delete(member)
    this.#watch.gone(member)
    const died = member.state === 'serving'
    this.#sum.gone(member.number, !died)
    if (died) {
      this.#log.warn({ worker: member.number, pid: member.pid }, `a worker ended ${how}`)
      this.#hasLost = true
      this.#backoff.ended(member.startedAt)
    }
    // If it did not start, #replace or #exchange handles it, including the delay.
    if (member.hasServed) this.#fill()
  }

  #killHanging(): void {
    for (const [member, { silentMs, why }] of this.#watch.tick(this.#members)) {
      const { number, pid } = member
      this.#log.warn(
        { worker: number, pid, silentMs: Math.round(silentMs) },
        `a worker is killed, since it has been silent and ${why}`,
      )
      member.kill()
    }
  }

  /** Replaces a worker by a new one, after earlier orders. */
  #exchange(old: WorkerHandle): void {
    this.#exchanges = this.#exchanges.then(async () => {
      if (this.#stopped || old.state !== 'serving' || !this.#members.has(old)) return
      try {
        await this.#spawn(old.serves)
      } catch (error) {
        this.#log.error({ err: error }, 'a worker did not start; the one that it should replace stays')
        return this.#fill()
      }
      this.#log.info({ worker: old.number }, 'another worker serves in the place of this one')
      // Others may have died while it started; it counted as present until now.
      this.#fill()
      // Its clients may use their connections for as long as they were promised.
      if (this.#members.has(old)) await this.#end(old, idleClosedMs)
    })
  }

  #end(member: WorkerHandle, idleMs?: number): Promise<void> {
    return member.end(idleMs, this.#config.requestTimeoutMs)
  }

  async #reportMetrics(asker: WorkerHandle): Promise<void> {
    const serving = this.#in('serving')
    await Promise.all(serving.map((member) => member.count()))
    asker.send({ kind: 'metrics', page: await this.#sum.page(serving.length) })
  }
}

// A URL omits its scheme's default port.
const portOf = ({ url }: Served) => Number(new URL(url).port) || (url.startsWith('https:') ? 443 : 80)
