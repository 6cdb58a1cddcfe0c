import { setTimeout as pause } from 'node:timers/promises'
import { postedBody } from '../calls/call.ts'
import { hasSucceeded } from '../calls/expected.ts'
import { signedCall } from '../calls/v1.ts'
import { drive } from '../load/loops.ts'
import { caller } from '../workload.ts'
import { nameOf } from './devices.ts'
import { Fleet } from './fleet.ts'
import type { FleetReport } from './fleet-child.ts'
import { startWhole } from './whole.ts'

export interface StormSize {
  readonly devices: number
  readonly workers: number
}

export interface StormFigures extends FleetReport {
  readonly devices: number
  /**
   * p99 of GetDeviceStatus at 20 calls per second, in milliseconds: before the storm, and in its worst second.
   */
  readonly calmP99: number
  readonly stormP99: number
}

const smallCall = () =>
  postedBody(
    signedCall('GetDeviceStatus', { ProductKey: caller.productKey, DeviceName: nameOf(0) }),
    hasSucceeded,
  )

/** Small calls at a steady rate for some seconds. */
const calls = (url: string, seconds: number) =>
  drive(url, smallCall, { kind: 'open', perSecond: 20, milliseconds: 1000 * seconds })

/** A fleet loses its connections and reconnects at once, on the same cores, during small calls. */
export async function measureStorm(
  folder: string,
  { devices, workers }: StormSize,
  tell: (what: string) => void,
): Promise<StormFigures> {
  tell(`${devices} devices are imported`)
  const server = await startWhole(folder, devices, workers)
  const fleet = new Fleet(devices, { port: server.port, productKey: caller.productKey })
  try {
    tell('they connect')
    await fleet.run('connect')
    const calm = await calls(server.url, 5)
    tell('all of them reconnect')
    let isOver = false
    const storm = fleet.run('storm').finally(() => {
      isOver = true
    })
    let stormP99 = 0
    while (!isOver) {
      const { latency } = await calls(server.url, 1)
      stormP99 = Math.max(stormP99, latency.p99)
      await pause(0)
    }
    return { ...(await storm), devices, calmP99: calm.latency.p99, stormP99 }
  } finally {
    await fleet.end()
    await server.stop()
  }
}
