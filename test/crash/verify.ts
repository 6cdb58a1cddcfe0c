import assert from 'node:assert/strict'
import { ask, type Node, type SharedStore, takenOn } from '../support/nodes.ts'
import { credentials } from '../support/server.ts'
import { type Attempt, type Chance, sharedNames, type Tried } from './clients.ts'

/** Names that one check takes. */
const checkMax = 10_000
/** Batches of which the secrets are read back, in one round. */
const readBackMax = 5

/**
 * Holds the store and all nodes to what clients were told: what was answered is whole, nothing is half there, no
 * name is twice, and every node's check says what the store has.
 *
 * @param strict whether a 503 promises that nothing was done: a longer outage leaves commits in doubt
 */
export async function verify(
  shared: SharedStore,
  nodes: readonly Node[],
  tried: Tried,
  round: number,
  chance: Chance,
  strict: boolean,
): Promise<void> {
  assert.deepEqual(tried.unexpected, [])
  const [product] = await shared.sql(
    'SELECT id, device_count FROM product WHERE product_key = ?',
    credentials.productKey,
  )
  const devices = await shared.sql('SELECT name, batch FROM device WHERE product = ?', Number(product!.id))
  const batchOf = new Map(devices.map(({ name, batch }) => [name as string, Number(batch)]))
  assert.equal(batchOf.size, devices.length, 'a name is there twice')
  assert.equal(Number(product!.device_count), devices.length, 'the product counts its devices wrong')

  for (const attempt of tried.attempts) verifyAttempt(attempt, batchOf, strict)
  await readBack(nodes[chance(nodes.length)]!, tried.attempts, chance)

  // All of this round, and some of those before.
  const asked = tried.attempts.filter((attempt) => attempt.round === round || chance(10) === 0)
  const names = [...asked.flatMap(({ own }) => own), ...sharedNames]
  for (let first = 0; first < names.length; first += checkMax) {
    const some = names.slice(first, first + checkMax)
    const expected = some.filter((name) => batchOf.has(name)).sort()
    for (const node of nodes) assert.deepEqual(await takenOn(node, some), expected)
  }
}

function verifyAttempt(attempt: Attempt, batchOf: ReadonlyMap<string, number>, strict: boolean): void {
  const { own, shared, outcome, applyId } = attempt
  const there = own.filter((name) => batchOf.has(name)).length
  const what = `of ${own.length} devices (${own[0]} …), told to be ${outcome}, ${there} are there`
  assert.ok(there === 0 || there === own.length, `an import is half there: ${what}`)
  if (outcome === 'in') assert.equal(there, own.length, what)
  if (outcome === 'out' || (strict && outcome === 'unavailable')) assert.equal(there, 0, what)
  if (there === 0) return
  assert.equal(new Set(own.map((name) => batchOf.get(name))).size, 1, `an import is in two batches: ${what}`)
  if (applyId === undefined) return
  assert.equal(batchOf.get(own[0]!), applyId)
  if (shared !== undefined) assert.equal(batchOf.get(shared), applyId)
}

/** Some batches with their secrets, as a node tells them. */
async function readBack(node: Node, attempts: readonly Attempt[], chance: Chance): Promise<void> {
  const whole = attempts.filter(({ outcome, applyId }) => outcome === 'in' && applyId !== undefined)
  for (let n = 0; n < readBackMax && whole.length > 0; n++) {
    const { own, shared, applyId } = whole[chance(whole.length)]!
    const page = { ApplyId: String(applyId), PageNo: '1', PageSize: '500' }
    const { body, text } = await ask(node, 'QueryImportedDeviceByApplyId', page)
    assert.deepEqual(
      body.DeviceList?.device.map(({ DeviceName, DeviceSecret }: Record<string, string>) => [
        DeviceName,
        DeviceSecret,
      ]),
      (shared === undefined ? own : [...own, shared]).map((name) => [name, `secret-of-${name}`]),
      text.slice(0, 500),
    )
  }
}
