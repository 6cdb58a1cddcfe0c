import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../src/lib/columns.ts'
import { openStore } from '../../src/main.ts'
import { repeatableRandom, TestClock } from '../support/deterministic.ts'

async function opened() {
  const clock = new TestClock()
  const { registry, storage, close } = await openStore(
    { folder: undefined, masterKey: undefined },
    { clock, random: repeatableRandom() },
  )
  const { id: account } = await registry.accounts.create('main')
  const instance = await registry.instances.create(account, 'public', 'public')
  const { product } = await registry.products.create(instance, { name: 'lamps', authType: 'secret' })
  return { clock, registry, storage, account, product, close }
}

const secretLength = 32

test('missing secrets and names are generated, all different', async () => {
  const { registry, account, product, close } = await opened()
  const rows = [
    { DeviceName: 'aaaa' },
    { DeviceName: 'bbbb', DeviceSecret: 'given' },
    { DeviceName: 'cccc', DeviceSecret: '' },
  ]
  const { DeviceName, DeviceSecret } = columnsOf(['DeviceName', 'DeviceSecret'], rows).members
  const imported = { count: 3, names: DeviceName, secrets: DeviceSecret }
  const given = await registry.batches.devices(
    await registry.batches.import(account, product, imported),
    0,
    10,
  )
  assert.deepEqual(
    given.devices.map(({ name, secret }) => [name, secret.length]),
    [
      ['aaaa', secretLength],
      ['bbbb', 'given'.length],
      ['cccc', secretLength],
    ],
  )
  const drawn = await registry.batches.devices(
    await registry.batches.generate(account, product, 1000),
    0,
    1000,
  )
  assert.equal(drawn.total, 1000)
  const texts = [...given.devices, ...drawn.devices].flatMap(({ name, secret }) => [name, secret])
  assert.equal(new Set(texts).size, texts.length)
  await close()
})

test('undoing a batch keeps changed devices, returns the numbers, and leaves other batches alone', async () => {
  const { registry, storage, account, product, close } = await opened()
  const batch = await registry.batches.generate(account, product, 6)
  const other = await registry.batches.generate(account, product, 2)
  const { devices } = await registry.batches.devices(batch, 0, 6)
  await storage.devices.update([{ device: devices[1]!, change: { disabled: true } }], 5)
  await storage.devices.setTags(devices[2]!, [{ key: 'k', value: 'v' }], 10, 5)
  await registry.devices.delete(account, devices[3]!)

  const expected = { deleted: 3, kept: 2 }
  assert.deepEqual(await registry.batches.wouldUndo(batch), expected)
  assert.equal((await registry.batches.devices(batch, 0, 6)).total, 5, 'that was only asked')
  assert.deepEqual(await registry.batches.undo(batch), expected)
  assert.deepEqual(await registry.batches.undo(batch), { deleted: 0, kept: 2 })
  const kept = (await registry.batches.devices(batch, 0, 6)).devices
  assert.deepEqual(
    kept.map(({ name }) => name),
    [devices[1]!.name, devices[2]!.name],
  )
  assert.equal((await registry.batches.devices(other, 0, 2)).total, 2)
  await close()
})

test('a checked list is found as stored, by its own account, until it expires', async () => {
  const { clock, registry, account, product, close } = await opened()
  const list = columnsOf(
    ['DeviceName', 'DeviceNickname'],
    [{ DeviceName: 'lamp-1', DeviceNickname: '园区灯' }, { DeviceName: '"\n%', DeviceNickname: '' }, {}],
  )
  const verdicts = Uint8Array.of(0, 1, 1)
  const applyId = await registry.checkedLists.save(account, product, { list, verdicts })
  const stranger = await registry.accounts.create('stranger')

  const found = await registry.checkedLists.find(account, product, applyId)
  assert.deepEqual(found, {
    list: columnsOf(
      ['DeviceName', 'DeviceNickname'],
      [
        { DeviceName: 'lamp-1', DeviceNickname: '园区灯' },
        { DeviceName: '"\n%', DeviceNickname: undefined },
        { DeviceName: '', DeviceNickname: undefined },
      ],
    ),
    verdicts,
  })
  assert.equal(await registry.checkedLists.find(stranger.id, product, applyId), undefined)

  const another = () => registry.checkedLists.save(account, product, { list, verdicts: undefined })
  clock.advance(7 * 24 * 60 * 60_000)
  await another()
  assert.notEqual(await registry.checkedLists.find(account, product, applyId), undefined)
  clock.advance(1)
  await another()
  assert.equal(await registry.checkedLists.find(account, product, applyId), undefined)
  await close()
})
