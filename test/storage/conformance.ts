import { afterEach, beforeEach, describe } from 'node:test'
import type { Storage } from '../../src/storage/storage.ts'
import type { TestClock } from '../support/deterministic.ts'
import { accessConformance } from './conformance/access.ts'
import { gateConformance } from './conformance/admission.ts'
import { callConformance } from './conformance/calls.ts'
import { connectionEventConformance } from './conformance/connection-events.ts'
import { deviceConformance } from './conformance/devices.ts'
import { groupConformance } from './conformance/groups.ts'
import { importJobConformance } from './conformance/import-jobs.ts'
import { productConformance } from './conformance/products.ts'
import { raceConformance } from './conformance/races.ts'
import { secretConformance } from './conformance/secrets.ts'
import { sessionConformance } from './conformance/sessions.ts'
import { type Driver, makeStore, type TestStore } from './conformance/store.ts'

export type { Driver }

/** The requirements for every driver. */
export function conformance(driver: Driver, clock: TestClock): void {
  describe(`storage in ${driver.name}${driver.cannot.map((reason) => ` (${reason})`).join('')}`, () => {
    let made: TestStore
    const opened: Storage[] = []
    const store = () => made
    const skip = driver.openAgain === undefined && driver.cannot[0]!

    beforeEach(async () => {
      const storage = await driver.open(clock)
      opened.push(storage)
      made = await makeStore(storage, clock, async () => {
        const other = await driver.openAgain!(clock)
        opened.push(other)
        return other
      })
    })
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((storage) => storage.close()))
      await driver.clean()
    })

    accessConformance(store)
    productConformance(store)
    secretConformance(store)
    deviceConformance(store, skip)
    groupConformance(store)
    sessionConformance(store)
    gateConformance(store, skip)
    callConformance(store, skip)
    importJobConformance(store)
    connectionEventConformance(store)
    raceConformance(store, skip, driver.rounds)
  })
}
