import assert from 'node:assert/strict'
import { ask, type Node, type SharedStore, takenOn } from '../support/nodes.ts'
import { credentials } from '../support/server.ts'
import { type Attempt, type Chance, sharedNames, type Tried } from './clients.ts'

/** Names that one check takes. */
const checkMax = 10_000
/** Batches of which the secrets are read back, in one round. */
const readBackMax = 5

/** The findings about all attempts so far. */
export interface Verdict {
  /** Imports and registrations that were answered with success, and their devices. */
  readonly acknowledged: number
  readonly devices: number
  /** Those that were not answered, or with 503; and how many of these were done. */
  readonly inDoubt: number
  readonly done: number
  /** Acknowledged imports of which a device is missing; names that are registered twice. */
  readonly lost: number
  readonly doubled: number
}

/**
 * Compares the store and all nodes with what clients were answered: what was acknowledged is whole, nothing is half
 * there, no name is twice, and every node's check says what the store has.
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
): Promise<Verdict> {
  assert.deepEqual(tried.unexpected, [])
  const [product] = await shared.sql(
    'SELECT id, device_count FROM product WHERE product_key = ?',
    credentials.productKey,
  )
  const devices = await shared.sql('SELECT name, batch FROM device WHERE product = ?', Number(product!.id))
  const batchOf = new Map(devices.map(({ name, batch }) => [name as string, Number(batch)]))
  const isThere = (name: string) => batchOf.has(name)
  const imported = tried.attempts.filter(({ acknowledged }) => acknowledged)
  const doubtful = tried.attempts.filter(({ inDoubt }) => inDoubt)
  const verdict: Verdict = {
    acknowledged: imported.length,
    devices: imported.reduce((sum, { own }) => sum + own.length, 0),
    inDoubt: doubtful.length,
    done: doubtful.filter(({ own }) => own.some(isThere)).length,
    lost: tried.attempts.filter(({ outcome, own }) => outcome === 'in' && !own.every(isThere)).length,
    doubled: devices.length - batchOf.size,
  }
  assert.deepEqual([verdict.lost, verdict.doubled], [0, 0], JSON.stringify(verdict))
  assert.equal(Number(product!.device_count), devices.length, 'the product counts its devices wrong')

  for (const attempt of tried.attempts) verifyAttempt(attempt, batchOf, strict || attempt.round !== round)
  await readBack(nodes[chance(nodes.length)]!, tried.attempts, chance)

  // All of this round, and some of those before.
  const asked = tried.attempts.filter((attempt) => attempt.round === round || chance(10) === 0)
  const names = [...asked.flatMap(({ own }) => own), ...sharedNames]
  for (let first = 0; first < names.length; first += checkMax) {
    const some = names.slice(first, first + checkMax)
    const expected = some.filter(isThere).sort()
    for (const node of nodes) assert.deepEqual(await takenOn(node, some), expected)
  }
  return verdict
}

function verifyAttempt(attempt: Attempt, batchOf: ReadonlyMap<string, number>, strict: boolean): void {
  const { own, shared, outcome, applyId } = attempt
  const there = own.filter((name) => batchOf.has(name)).length
  const what = `of ${own.length} devices (${own[0]} …), whose import was ${outcome}, ${there} are there`
  assert.ok(there === 0 || there === own.length, `an import is half there: ${what}`)
  if (outcome === 'in') assert.equal(there, own.length, what)
  if (outcome === 'unavailable' && !strict && there > 0) attempt.outcome = 'unknown'
  else if (outcome === 'out' || outcome === 'unavailable') assert.equal(there, 0, what)
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
