import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { endsWithUs } from '../../test/support/reaper.ts'
import type { FleetOrder, FleetReport } from './fleet-child.ts'

/** Devices per process, which may open 20,000 descriptors. */
const perProcess = 15_000

/** The server that a fleet connects to. */
export type FleetTarget = Pick<FleetOrder, 'port' | 'productKey'>

/** Devices in as many processes as their descriptors need. */
export class Fleet {
  readonly #processes: readonly ChildProcess[]
  readonly #devices: number
  readonly #target: FleetTarget

  constructor(devices: number, target: FleetTarget) {
    this.#devices = devices
    this.#target = target
    this.#processes = Array.from({ length: Math.ceil(devices / perProcess) }, () => {
      const child = fork(fileURLToPath(new URL('fleet-child.ts', import.meta.url)), {
        execArgv: ['--disable-warning=ExperimentalWarning'],
      })
      endsWithUs(child, 'process')
      return child
    })
  }

  /**
   * Connects all devices, 200 at a time per process; `storm` closes all connections and reconnects them at
   * once.
   */
  async run(kind: FleetOrder['kind'], secondsMax: number): Promise<FleetReport> {
    const reports = await Promise.all(
      this.#processes.map(async (child, i) => {
        const [from, to] = [i * perProcess, Math.min(this.#devices, (i + 1) * perProcess)]
        child.send({ kind, from, to, secondsMax, ...this.#target } satisfies FleetOrder)
        const [report] = await once(child, 'message')
        return report as FleetReport
      }),
    )
    const sum = (of: (report: FleetReport) => number) => reports.reduce((total, one) => total + of(one), 0)
    return {
      seconds: Math.max(...reports.map(({ seconds }) => seconds)),
      missing: sum(({ missing }) => missing),
      refused: sum(({ refused }) => refused),
      broken: sum(({ broken }) => broken),
    }
  }

  async end(): Promise<void> {
    await Promise.all(
      this.#processes.map((child) => {
        const ended = once(child, 'exit')
        child.disconnect()
        return ended
      }),
    )
  }
}
