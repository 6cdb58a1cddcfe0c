import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { nonceSweep } from '../../src/storage/nonce-sweep.ts'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { openSqlite } from '../../src/storage/sqlite/sqlite.ts'
import { makeStore } from '../storage/conformance/store.ts'
import { TestClock } from '../support/deterministic.ts'
import { rememberingNode } from '../support/known-names.ts'
import { type DriverName, drivers } from '../support/nodes.ts'
import { freshDatabase } from '../support/postgres.ts'

const minute = 60_000
const hour = 60 * minute

async function storeIn(t: TestContext, driver: DriverName) {
  const clock = new TestClock()
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  const url = driver === 'PostgreSQL' ? await freshDatabase(t) : undefined
  const open = async () => {
    const storage =
      url === undefined
        ? openSqlite(folder, clock)
        : await openPostgres(url, clock, { connections: 4, testClock: true })
    t.after(() => storage.close())
    return storage
  }
  t.after(() => rmSync(folder, { recursive: true }))
  return makeStore(await open(), clock, open)
}

for (const driver of drivers) {
  test(`a clock that jumps an hour forward and back lets no nonce be used again, in ${driver}`, async (t) => {
    const { storage, clock, call } = await storeIn(t, driver)
    // As a call at this moment has it, with fifteen minutes of skew.
    const used = call({ nonceExpiresAt: clock.now() + 15 * minute + 1000 })
    const kind = async (given = call()) => (await storage.admission.admit(given)).kind
    assert.equal(await kind(used), 'admitted')
    clock.set(hour)
    for (let second = 0; second < 3; second++) {
      clock.advance(1001)
      assert.equal(await kind(), 'admitted')
    }
    clock.set(-hour)
    assert.equal(await kind(used), 'replayed')
    // Once its time has passed, and a minute for other nodes' clocks, it is forgotten.
    clock.advance(17 * minute)
    await kind()
    clock.advance(1001)
    for (let tries = 0; (await kind(used)) !== 'admitted'; tries++) assert.ok(tries < 1000, 'still kept')
  })

  test(`a clock that jumps an hour back or forward neither stops calls nor lifts a quota, in ${driver}`, async (t) => {
    const { storage, clock, call } = await storeIn(t, driver)
    clock.advance(1000 - (clock.now() % 1000) + 250)
    const quota = { action: 'A', apart: undefined, perWindow: 3, windowSeconds: 1, callers: undefined }
    for (const jump of [0, hour, -hour, -hour, hour]) {
      clock.set(jump)
      const kinds: string[] = []
      for (let i = 0; i < 6; i++) kinds.push((await storage.admission.admit(call({ quota }))).kind)
      assert.deepEqual(kinds, [...Array(3).fill('admitted'), ...Array(3).fill('throttled')], `${jump}`)
    }
  })

  test(`nodes agree with the store while the clock that prunes the log jumps, in ${driver}`, async (t) => {
    const store = await storeIn(t, driver)
    const { storage, clock, product, instance } = store
    const other = await store.again()
    const nodes = [rememberingNode(storage.devices, 1), rememberingNode(other.devices, 2)]
    const all: string[] = []
    const taken = async (node: number) => {
      const row = (await storage.products.findById(instance, product))!
      return nodes[node]!.taken(row, [...all, 'free'])
    }
    const registered = new Set<string>()
    for (const [round, jump] of [0, hour, hour, -hour, -3 * hour, 0, 2 * hour, 0, -hour, 0].entries()) {
      clock.set(jump)
      const names = [`a-${round}`, `b-${round}`]
      all.push(...names)
      await storage.devices.insertBatch({ ...store.batchOf(names), createdAt: clock.now() })
      await other.devices.delete(await store.device(names[0]!), clock.now())
      registered.add(names[1]!)
      // The second node looks only now and then, and finds the log cut off, or with holes.
      for (const node of round % 4 === 3 ? [0, 1] : [0]) {
        assert.deepEqual(await taken(node), [...registered].sort(), `node ${node} in round ${round}`)
      }
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
    }
    const page = await storage.devices.page({ products: [product] }, { limit: 100, offset: 0 })
    assert.deepEqual(
      page.map(({ name }) => name),
      [...registered].reverse(),
      'newest first, whatever the time',
    )
    for (const node of nodes) node.close()
  })
}

test('a clock that was wrong at the start and is set right is believed after a day', () => {
  const clock = new TestClock('1970-01-01T00:00:00.000Z')
  const sweepUpTo = nonceSweep(clock)
  clock.set(50 * 365 * 24 * hour)
  clock.advance(1000)
  assert.equal(sweepUpTo(), 1000 - minute)
  assert.equal(sweepUpTo(), undefined, 'once a second')
  clock.advance(24 * hour)
  assert.equal(sweepUpTo(), clock.now() - minute)
})
