import { AggregatorRegistry, Counter, Gauge, Registry } from 'prom-client'
import type { MetricsPage, Samples } from './metrics.ts'

/**
 * Aggregates the metrics of several processes. The counts of an ended process stay in the sum, because
 * Prometheus takes a falling counter for a restart and its rate would jump.
 */
export class MetricsSum {
  /** The last known metrics of each process, by number. */
  readonly #present = new Map<number, Samples>()
  #departed: Promise<Samples> = Promise.resolve([])
  readonly #own = new Registry()
  readonly #serving = new Gauge({
    name: 'rollcall_workers',
    help: 'Processes that serve.',
    registers: [this.#own],
  })
  readonly #died = new Counter({
    name: 'rollcall_workers_died_total',
    help: 'Processes that ended without being told to.',
    registers: [this.#own],
  })

  note(process: number, samples: Samples): void {
    this.#present.set(process, samples)
  }

  /** @param told whether the supervisor stopped it */
  gone(process: number, told: boolean): void {
    if (!told) this.#died.inc()
    // A gauge is a present value and ends with its process.
    const counted = this.#present.get(process)?.filter(({ type }) => `${type}` !== 'gauge')
    this.#present.delete(process)
    if (counted === undefined) return
    this.#departed = this.#departed.then((departed) => sumOf([departed, counted]).getMetricsAsJSON())
  }

  /** @param serving the number of processes that serve */
  async page(serving: number): Promise<MetricsPage> {
    this.#serving.set(serving)
    const present = [...this.#present.values()]
    const sum = sumOf([...present, await this.#departed, await this.#own.getMetricsAsJSON()])
    return { contentType: sum.contentType, text: await sum.metrics() }
  }
}

/**
 * Aggregates each metric by its declared method: counters are added, lags averaged, a version is listed once.
 */
const sumOf = (all: readonly Samples[]) => AggregatorRegistry.aggregate([...all])
