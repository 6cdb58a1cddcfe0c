import { join } from 'node:path'
import { freePort } from '../../test/support/free-port.ts'
import { postedBody } from '../calls/call.ts'
import { hasSucceeded } from '../calls/expected.ts'
import { signedCall } from '../calls/v1.ts'
import { drive, type OpenLoop } from '../load/loops.ts'
import type { Latency } from '../measure.ts'
import { cpuMillisecondsOf } from '../processes.ts'
import { type Server, startServer } from '../servers/child.ts'
import { caller } from '../workload.ts'
import { nameOf } from './devices.ts'
import { Fleet } from './fleet.ts'
import type { FleetReport } from './fleet-child.ts'
import { startWhole } from './whole.ts'

export interface StormSize {
  readonly devices: number
  readonly workers: number
  /** Devices that are not back after so many seconds give up. */
  readonly secondsMax: number
}

export interface StormRun extends FleetReport {
  /** Latency of GetDeviceStatus, 50 calls a second, before the storm and while it lasts. */
  readonly calm: Latency
  readonly storm: Latency
  /** Processor time that servers took for the storm, in seconds. */
  readonly cpuSeconds: number
}

export interface StormFigures {
  readonly devices: number
  readonly workers: number
  readonly ours: StormRun
  /** aedes serves the devices in as many processes, and Rollcall the API alone. */
  readonly aedes: StormRun
}

const perSecond = 50
/** Processes that serve calls; those of the devices are others. */
const callWorkers = 2
const calmMs = 5000
/** Seconds until all devices must have connected for the first time. */
const setUpSecondsMax = 600

const smallCall = () =>
  postedBody(
    signedCall('GetDeviceStatus', { ProductKey: caller.productKey, DeviceName: nameOf(0) }),
    hasSucceeded,
  )

const calls = async (url: string, more: Pick<OpenLoop, 'milliseconds' | 'isOver'>) =>
  (await drive(url, smallCall, { kind: 'open', perSecond, ...more })).latency

/** A fleet loses its connections and reconnects at once, on the same cores, while small calls go on. */
async function storm(
  servers: readonly Server[],
  port: number,
  { devices, secondsMax }: StormSize,
  tell: (what: string) => void,
): Promise<StormRun> {
  const [{ url }] = servers as [Server]
  const fleet = new Fleet(devices, { port, productKey: caller.productKey })
  const cpu = () => servers.reduce((sum, { pid }) => sum + cpuMillisecondsOf(pid), 0) / 1000
  try {
    tell(`${devices} devices connect`)
    const { missing } = await fleet.run('connect', setUpSecondsMax)
    if (missing > 0)
      throw new Error(`${missing} of ${devices} devices did not connect in ${setUpSecondsMax} s`)
    const calm = await calls(url, { milliseconds: calmMs })
    tell('all of them reconnect')
    const before = cpu()
    let isOver = false
    const [report, latency] = await Promise.all([
      fleet.run('storm', secondsMax).finally(() => {
        isOver = true
      }),
      calls(url, { milliseconds: 1000 * secondsMax, isOver: () => isOver }),
    ])
    return { ...report, calm, storm: latency, cpuSeconds: cpu() - before }
  } finally {
    await fleet.end()
  }
}

/** The same storm on Rollcall, and on aedes with Rollcall's API beside it. */
export async function measureStorm(
  folder: string,
  size: StormSize,
  tell: (what: string) => void,
): Promise<StormFigures> {
  const { devices, workers } = size
  tell(`${devices} devices are imported`)
  const whole = await startWhole(join(folder, 'ours'), devices, callWorkers, '--mqtt-workers', `${workers}`)
  let ours: StormRun
  try {
    ours = await storm([whole], whole.port, size, tell)
  } finally {
    await whole.stop()
  }
  tell('aedes starts')
  const port = await freePort()
  const broker = await startServer(new URL('aedes-workers.ts', import.meta.url), [
    `${workers}`,
    `${port}`,
    caller.productKey,
  ])
  try {
    const api = await startWhole(join(folder, 'aedes'), devices, callWorkers, '--mqtt', 'off')
    try {
      return { devices, workers, ours, aedes: await storm([api, broker], port, size, tell) }
    } finally {
      await api.stop()
    }
  } finally {
    await broker.stop()
  }
}
