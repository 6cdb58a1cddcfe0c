import cluster from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Config } from '../../config.ts'
import { idlersGoneMs } from '../../http/listener.ts'
import { MetricsSum } from '../../http/metrics-sum.ts'
import { type Clock, systemClock } from '../../lib/clock.ts'
import { type Logger, openLog } from '../../log.ts'
import { Backoff } from './backoff.ts'
import { Member } from './member.ts'
import type { Report, Served } from './messages.ts'

/** So many starts fail in a row, with nobody left who serves, before the primary gives up. */
const failedStartsMax = 5

/** The workers of one port: starts them, replaces those that die, and speaks for all of them. */
export class Crew {
  readonly #config: Config
  readonly #clock: Clock
  readonly #log: Logger
  readonly #backoff: Backoff
  readonly #sum = new MetricsSum()
  readonly #members = new Set<Member>()
  readonly #stopped = new AbortController()
  readonly #givenUp = Promise.withResolvers<never>()
  /** Replacements that were ordered, one after the other. */
  #exchanges: Promise<void> = Promise.resolve()
  /** The port that is asked for; where it is 0, `#takenPort` is the one that was drawn. */
  #port: number
  #takenPort = 0
  #draining = false
  #failedStarts = 0

  constructor(config: Config, clock: Clock = systemClock) {
    this.#config = config
    this.#clock = clock
    this.#log = openLog(config.logLevel)
    this.#backoff = new Backoff(clock)
    this.#port = config.port
    // Workers accept by themselves, from one queue (decision 0007). It counts only where it stands first.
    cluster.schedulingPolicy = cluster.SCHED_NONE
    // The file ends as this one does: .ts in a clone, .js in the published package.
    const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
    const exec = fileURLToPath(new URL(`worker${extension}`, import.meta.url))
    cluster.setupPrimary({ exec, args: [], serialization: 'advanced' })
  }

  /** Rejects when nobody serves any more and nobody can be started. */
  get givenUp(): Promise<never> {
    return this.#givenUp.promise
  }

  /**
   * Starts the workers. The first takes the port and fills an empty store, then come the others.
   * @throws Error of the one that did not start; all have ended then
   */
  async start(): Promise<Served> {
    try {
      const served = await this.#hire()
      this.#takenPort = portOf(served)
      await Promise.all(Array.from({ length: this.#config.workers - 1 }, () => this.#hire()))
      return served
    } catch (error) {
      await this.close()
      throw error
    }
  }

  /** Replaces every worker, one after the other; a new one serves before an old one goes. */
  restart(): void {
    for (const member of this.#in('serving')) this.#exchange(member)
  }

  drain(): void {
    this.#draining = true
    for (const member of this.#members) member.tell({ kind: 'drain' })
  }

  async close(): Promise<void> {
    this.#stopped.abort()
    await Promise.all([...this.#members].map((member) => this.#end(member)))
  }

  #in(state: Member['state']): Member[] {
    return [...this.#members].filter((member) => member.state === state)
  }

  /** @throws Error when the worker ends before it serves */
  async #hire(): Promise<Served> {
    // A port that was drawn is kept; while anybody listens, all must ask for it in the same words.
    if (this.#takenPort !== 0 && this.#in('serving').length === 0) this.#port = this.#takenPort
    const member: Member = new Member(
      this.#clock.now(),
      (report) => this.#heard(member, report),
      (how) => this.#left(member, how),
    )
    this.#members.add(member)
    member.tell({ kind: 'serve', config: { ...this.#config, port: this.#port } })
    const served = await member.served
    if (this.#takenPort === 0 || portOf(served) === this.#takenPort) return served
    // The others, who held the drawn port, died while it started.
    this.#end(member)
    throw new Error(`a worker listened at another port than ${this.#takenPort}`)
  }

  #heard(member: Member, report: Report): void {
    if (report.kind === 'counted') this.#sum.note(member.number, report.samples)
    else if (report.kind === 'asked to end') this.#exchange(member)
    else if (report.kind === 'metrics wanted') this.#tellMetrics(member)
    else if (report.kind === 'serving' && member.state === 'starting') {
      member.state = 'serving'
      if (this.#draining) member.tell({ kind: 'drain' })
    }
  }

  #left(member: Member, how: string): void {
    this.#members.delete(member)
    this.#sum.gone(member.number, member.state === 'leaving')
    if (member.state !== 'serving') return
    this.#log.warn({ worker: member.number, pid: member.pid }, `a worker ended ${how}`)
    this.#fill(member.startedAt)
  }

  /** Starts a worker for one that has left, sooner or later. */
  async #fill(startedAt: number): Promise<void> {
    for (let last = startedAt; ; ) {
      await this.#pause(this.#backoff.after(last))
      const present = this.#in('starting').length + this.#in('serving').length
      if (this.#stopped.signal.aborted || present >= this.#config.workers) return
      last = this.#clock.now()
      try {
        await this.#hire()
        this.#failedStarts = 0
        this.#log.info('a worker serves in the place of the one that ended')
        return
      } catch (error) {
        if (this.#stopped.signal.aborted) return
        this.#log.error({ err: error }, 'a worker did not start')
        if (++this.#failedStarts < failedStartsMax || this.#in('serving').length > 0) continue
        const why = `no worker serves, and the last ${this.#failedStarts} did not start: ${(error as Error).message}`
        return this.#givenUp.reject(new Error(why))
      }
    }
  }

  /** Puts a new worker in one's place, after whatever else was ordered. */
  #exchange(old: Member): void {
    this.#exchanges = this.#exchanges.then(async () => {
      if (this.#stopped.signal.aborted || old.state !== 'serving' || !this.#members.has(old)) return
      try {
        await this.#hire()
      } catch (error) {
        this.#log.error({ err: error }, 'a worker did not start; the one that it should replace stays')
        // The one that should have stayed may have died meanwhile.
        if (!this.#members.has(old)) this.#fill(old.startedAt)
        return
      }
      this.#log.info({ worker: old.number }, 'another worker serves in the place of this one')
      // Its clients may use their connections for as long as they were told.
      if (this.#members.has(old)) await this.#end(old, idlersGoneMs)
    })
  }

  #end(member: Member, idleMs?: number): Promise<void> {
    return member.end(idleMs, this.#config.requestTimeoutMs)
  }

  async #tellMetrics(asker: Member): Promise<void> {
    const serving = this.#in('serving')
    await Promise.all(serving.map((member) => member.count()))
    asker.tell({ kind: 'metrics', page: await this.#sum.page(serving.length) })
  }

  /** Ends early when the crew is to stop. */
  #pause(milliseconds: number): Promise<void> {
    return pause(milliseconds, undefined, { signal: this.#stopped.signal }).catch(() => {})
  }
}

// Where the port is the scheme's own, a URL leaves it out.
const portOf = ({ url }: Served) => Number(new URL(url).port) || (url.startsWith('https:') ? 443 : 80)
