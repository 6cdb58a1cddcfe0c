import { AggregatorRegistry, Counter, Gauge, Registry } from 'prom-client'
import type { MetricsPage, Samples } from './metrics.ts'

/**
 * The measures of several processes as if they were one. What a process counted stays counted when it is gone:
 * to Prometheus a sum that falls is a restart of them all, and its rate a leap.
 */
export class MetricsSum {
  /** The last that is known of each process, by its number. */
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

  /** @param told whether it ended because it was told to */
  gone(process: number, told: boolean): void {
    if (!told) this.#died.inc()
    // A gauge tells what is now, and ends with its process.
    const counted = this.#present.get(process)?.filter(({ type }) => `${type}` !== 'gauge')
    this.#present.delete(process)
    if (counted === undefined) return
    this.#departed = this.#departed.then((departed) => sumOf([departed, counted]).getMetricsAsJSON())
  }

  /** @param serving how many processes serve */
  async page(serving: number): Promise<MetricsPage> {
    this.#serving.set(serving)
    const present = [...this.#present.values()]
    const sum = sumOf([...present, await this.#departed, await this.#own.getMetricsAsJSON()])
    return { contentType: sum.contentType, text: await sum.metrics() }
  }
}

/** Each measure is put together as it says itself: counts are added, lags averaged, a version told once. */
const sumOf = (all: readonly Samples[]) => AggregatorRegistry.aggregate([...all])
