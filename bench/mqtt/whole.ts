import { columnsOf } from '../../src/lib/columns.ts'
import { systemRandom } from '../../src/lib/random.ts'
import { openStore } from '../../src/main.ts'
import { devicesOf } from '../../src/registry/batches.ts'
import { firstStart } from '../../src/registry/first-start.ts'
import { freePort } from '../../test/support/free-port.ts'
import type { Server } from '../servers/child.ts'
import { startOurs } from '../servers/ours.ts'
import { caller, devicesPerCall } from '../workload.ts'
import { nameOf, secretOf } from './devices.ts'

/** Rollcall with several workers, as an operator starts it, and its device port. */
export interface Whole extends Server {
  readonly port: number
}

/** Fills a new store with devices and starts workers on it. @param more flags */
export async function startWhole(
  folder: string,
  devices: number,
  workers: number,
  ...more: string[]
): Promise<Whole> {
  const store = await openStore({ folder, database: undefined, masterKey: undefined })
  try {
    const { registry } = store
    const choices = { ...caller, instanceId: undefined, instanceProductKey: undefined }
    await firstStart(registry, choices, systemRandom, () => {})
    const [account] = await registry.accounts.all()
    const instance = await registry.instances.find(account!.id, undefined)
    const product = await registry.products.find(instance!, caller.productKey)
    for (let from = 0; from < devices; from += devicesPerCall) {
      const batch = Array.from({ length: Math.min(devicesPerCall, devices - from) }, (_, i) => ({
        DeviceName: nameOf(from + i),
        DeviceSecret: secretOf(from + i),
        Sn: `${from + i}`,
      }))
      const list = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], batch)
      await registry.batches.import(account!.id, product!, devicesOf(list))
    }
  } finally {
    await store.close()
  }
  const port = await freePort()
  const options = ['--workers', `${workers}`, '--mqtt-port', `${port}`, '--quota', 'off', ...more]
  return { ...(await startOurs(folder, ...options)), port }
}
