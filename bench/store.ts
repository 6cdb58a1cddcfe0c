/** Rollcall's store with an account, a product and the registered devices. */
import { columnsOf } from '../src/lib/columns.ts'
import { systemRandom } from '../src/lib/random.ts'
import { openStore } from '../src/main.ts'
import { devicesOf } from '../src/registry/batches.ts'
import { firstStart } from '../src/registry/first-start.ts'
import { median } from './measure.ts'
import { caller, devicesPerCall, registeredDevices } from './workload.ts'

/** The cost of the imports that filled the store. */
export interface ImportFigures {
  readonly imports: number
  readonly seconds: number
  readonly medianMs: number
  readonly slowestMs: number
}

/** Actions that the bench calls; their quotas are counted as usual, but never reached. */
const called = ['BatchCheckImportDevice', 'BatchImportDevice', 'ImportDevice', 'QueryDeviceInfo']

/**
 * Fills an empty store as clients do, in full batches.
 * @param database the store, unless it is SQLite in the folder
 */
export async function fillStore(
  folder: string,
  names: readonly string[],
  database?: string,
): Promise<ImportFigures> {
  const store = await openStore({ folder, database, masterKey: undefined })
  try {
    const { registry } = store
    const choices = { ...caller, instanceId: undefined, instanceProductKey: undefined }
    await firstStart(registry, choices, systemRandom, () => {})
    const [account] = await registry.accounts.all()
    for (const action of called) await registry.accounts.setQuota(account!.id, action, 1_000_000)
    const instance = await registry.instances.find(account!.id, undefined)
    const product = await registry.products.find(instance!, caller.productKey)

    const next = registeredDevices()
    const times: number[] = []
    for (let done = 0; done < names.length; done += devicesPerCall) {
      const batch = names.slice(done, done + devicesPerCall)
      const devices = batch.map((DeviceName) => ({ ...next(), DeviceName }))
      const list = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], devices)
      const from = performance.now()
      await registry.batches.import(account!.id, product!, devicesOf(list))
      times.push(performance.now() - from)
    }
    return {
      imports: times.length,
      seconds: times.reduce((sum, time) => sum + time, 0) / 1000,
      medianMs: times.length === 0 ? 0 : median(times),
      slowestMs: Math.max(0, ...times),
    }
  } finally {
    await store.close()
  }
}
