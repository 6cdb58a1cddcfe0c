import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../src/lib/columns.ts'
import { iotIdOf, numberOf } from '../../src/registry/iot-id.ts'
import { blockPurpose } from '../../src/registry/purposes.ts'
import { blockOf, openSecrets, resealBlock, sealSecrets, secretAt } from '../../src/registry/secret-blocks.ts'
import { masterKeyIdOf, open, openVault, rewrap, seal } from '../../src/registry/vault.ts'
import { StaleMasterKey } from '../../src/storage/storage.ts'
import { repeatableRandom } from '../support/deterministic.ts'

const random = repeatableRandom()
const key = random.bytes(32)

test('what is sealed opens with the same key and purpose, and with nothing else', () => {
  const sealed = seal(key, Buffer.from('secret'), 'purpose', random)
  assert.equal(open(key, sealed, 'purpose').toString(), 'secret')
  assert.throws(() => open(random.bytes(32), sealed, 'purpose'))
  assert.throws(() => open(key, sealed, 'another purpose'))
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    assert.throws(() => open(key, changed, 'purpose'), `byte ${at}`)
  }
})

test('the secrets of a batch are found again, each at its position', () => {
  const secrets = Array.from({ length: 700 }, (_, i) => `secret-${i}`)
  const column = columnsOf(
    ['s'],
    secrets.map((s) => ({ s })),
  ).members.s
  const batch = { account: 1, product: 2, batch: 3 }
  const blocks = sealSecrets(key, batch, column, secrets.length, random)
  assert.equal(blocks.length, 3)
  for (const position of [0, 255, 256, 511, 512, 699]) {
    const block = blockOf(position)
    const opened = openSecrets(key, blocks[block]!, { ...batch, block })
    assert.equal(secretAt(opened, position), `secret-${position}`)
  }
  const place = { ...batch, block: 0 }
  for (const moved of [{ account: 9 }, { product: 9 }, { batch: 9 }, { block: 1 }])
    assert.throws(() => openSecrets(key, blocks[0]!, { ...place, ...moved }), /was not sealed for/)

  const of = { key, purpose: blockPurpose(place) }
  const kept = resealBlock({ ...of, sealed: blocks[0]! }, of, (position) => position !== 7, 0, random)
  const after = openSecrets(key, kept, place)
  assert.deepEqual([after[6], after[7], after[8], after.length], ['secret-6', null, 'secret-8', 256])
})

test('an IotId leads back to its number; anything else to none', () => {
  const iotKey = random.bytes(16)
  const ids = new Set<string>()
  for (const number of [1, 2, 255, 10_000_000, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
    const iotId = iotIdOf(iotKey, number)
    assert.match(iotId, /^[A-Za-z0-9]{22}000100$/)
    assert.equal(numberOf(iotKey, iotId), number)
    assert.equal(numberOf(random.bytes(16), iotId), undefined)
    ids.add(iotId.slice(0, 4))
  }
  assert.equal(ids.size, 6, 'neighbouring numbers look nothing alike')
  for (const madeUp of ['', 'x', `${'z'.repeat(22)}000100`, `${'0'.repeat(22)}000100`, '!'.repeat(28)]) {
    assert.equal(numberOf(iotKey, madeUp), undefined, madeUp)
  }
})

test('after a rotation the vault takes the new master key, for reading and for writing', async () => {
  let present = random.bytes(32)
  const vault = await openVault({ read: async () => present }, random)
  let sealedBefore: Buffer | undefined
  const dataKey = await vault.withNewDataKey(async (key, { wrapped }) => {
    sealedBefore = wrapped
    return key
  })
  const next = random.bytes(32)
  const rewrapped = rewrap(present, next, sealedBefore!, random)
  present = next
  assert.deepEqual(await vault.withDataKeys(async (unwrap) => unwrap(rewrapped)), dataKey)

  const another = random.bytes(32)
  present = another
  const ids: string[] = []
  await vault.withNewDataKey(async (_key, { masterKeyId }) => {
    ids.push(masterKeyId)
    if (masterKeyId !== masterKeyIdOf(another)) throw new StaleMasterKey()
  })
  assert.deepEqual(ids, [masterKeyIdOf(next), masterKeyIdOf(another)])
})

test('what was read before a rotation opens after it', async () => {
  const before = random.bytes(32)
  let present = before
  const vault = await openVault({ read: async () => present }, random)
  const dataKey = random.bytes(32)
  const readBefore = seal(before, dataKey, 'data key', random)
  present = random.bytes(32)
  // Another call has met the new key first.
  await vault.withDataKeys(async (unwrap) => unwrap(rewrap(before, present, readBefore, random)))
  assert.deepEqual(await vault.withDataKeys(async (unwrap) => unwrap(readBefore)), dataKey)
})

test('a read succeeds if another rotation happens before the first one’s key is read', async () => {
  let present = random.bytes(32)
  const vault = await openVault({ read: async () => present }, random)
  const dataKey = random.bytes(32)
  let stored = seal(present, dataKey, 'data key', random)
  const rotate = () => {
    const next = random.bytes(32)
    stored = rewrap(present, next, stored, random)
    present = next
  }
  const overtaken = (times: number) => {
    let left = times
    return vault.withDataKeys(async (unwrap) => {
      if (left-- <= 0) return unwrap(stored)
      rotate()
      const wrapped = stored
      rotate()
      return unwrap(wrapped)
    })
  }
  for (const times of [0, 1, 4]) assert.deepEqual(await overtaken(times), dataKey, `${times} times`)
  await assert.rejects(overtaken(5), StaleMasterKey)
})

test('a write goes through however many rotations overtake it, up to a limit', async () => {
  const source = { read: async () => random.bytes(32) }
  const vault = await openVault(source, random)
  const ids = new Set<string>()
  const overtaken = (times: number) =>
    vault.withNewDataKey(async (_key, { masterKeyId }) => {
      ids.add(masterKeyId)
      if (ids.size <= times) throw new StaleMasterKey()
    })
  await overtaken(4)
  assert.equal(ids.size, 5)
  ids.clear()
  await assert.rejects(overtaken(100), StaleMasterKey)
})
