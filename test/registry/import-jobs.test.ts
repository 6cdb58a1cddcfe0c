import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../src/lib/columns.ts'
import { openStore } from '../../src/main.ts'
import { repeatableRandom, TestClock } from '../support/deterministic.ts'

async function opened() {
  const clock = new TestClock()
  const { registry, close } = await openStore(
    { folder: undefined, masterKey: undefined },
    { clock, random: repeatableRandom() },
  )
  const { id: account } = await registry.accounts.create('main')
  const instance = await registry.instances.create(account, 'public', 'public')
  const { product } = await registry.products.create(instance, { name: 'lamps', authType: 'secret' })
  const batch = async (names: readonly string[], job?: string) => {
    const rows = names.map((DeviceName) => ({ DeviceName, DeviceSecret: 'given' }))
    const { DeviceName, DeviceSecret } = columnsOf(['DeviceName', 'DeviceSecret'], rows).members
    return registry.batches.import(account, product, {
      count: names.length,
      names: DeviceName,
      secrets: DeviceSecret,
      job,
    })
  }
  const begin = (id: string) =>
    registry.importJobs.create(product, { id, fileName: 'a.csv', accessKey: 'key', ramUser: undefined })
  return { clock, registry, account, instance, product, batch, begin, close }
}

test('a job counts what its batches registered, whatever became of the others', async () => {
  const { registry, account, batch, begin, close } = await opened()
  const job = (await begin('job-00000001'))!
  await batch(['lamp-1', 'lamp-2'], job.id)
  await batch(['lamp-3'], job.id)
  await batch(['lamp-4'])
  // The number was noted, and the batch was not imported: a name is taken.
  await assert.rejects(batch(['lamp-1', 'lamp-9'], job.id))
  const found = (await registry.importJobs.find(account, job.id))!
  assert.deepEqual([found.batches, found.devices], [2, 3])
  assert.equal((await begin('job-00000001'))?.createdAt, job.createdAt)
  await close()
})

test('an undo goes batch by batch, can be begun anew, and keeps what was changed since', async () => {
  const { clock, registry, account, product, batch, begin, close } = await opened()
  const job = (await begin('job-00000001'))!
  for (let i = 0; i < 9; i++) await batch([`lamp-${i}a`, `lamp-${i}b`], job.id)
  const changed = (await registry.devices.findByName(product, 'lamp-8b'))!
  clock.advance(1000)
  await registry.devices.update([{ device: changed, change: { nickname: 'mine' } }])
  const dry = await registry.importJobs.undo(job, undefined, true)
  assert.deepEqual([dry?.deleted, dry?.batches], [8, 4])
  const first = (await registry.importJobs.undo(job, undefined, false))!
  // A client that was killed here begins again from the start.
  let token: string | undefined
  let deleted = 0
  let kept = 0
  do {
    const part = (await registry.importJobs.undo(job, token, false))!
    deleted += part.deleted
    kept = kept + part.kept
    token = part.next
  } while (token !== undefined)
  assert.deepEqual([first.deleted + deleted, kept], [17, 1])
  const undone = (await registry.importJobs.find(account, job.id))!
  assert.equal(undone.state, 'Undone')
  assert.equal(await registry.importJobs.remaining(undone), 1)
  assert.equal(await registry.importJobs.undo(job, 'nonsense', false), undefined)
  await close()
})

test('nicknames and tags that an import has set do not keep its devices', async () => {
  const { clock, registry, account, product, batch, begin, close } = await opened()
  const job = (await begin('job-00000001'))!
  await batch(['lamp-1', 'lamp-2', 'lamp-3'], job.id)
  const device = async (name: string) => (await registry.devices.findByName(product, name))!
  clock.advance(1000)
  await registry.devices.update([{ device: await device('lamp-1'), change: { nickname: 'north' } }])
  await registry.deviceTags.set(await device('lamp-2'), [{ key: 'site', value: 'eu' }])
  await registry.importJobs.update(job, { state: 'Finished' }, true)
  clock.advance(1000)
  await registry.deviceTags.set(await device('lamp-3'), [{ key: 'site', value: 'mine' }])
  const finished = (await registry.importJobs.find(account, job.id))!
  const undone = (await registry.importJobs.undo(finished, undefined, false))!
  assert.deepEqual([undone.deleted, undone.kept], [2, 1])
  // A new device of the name has none of the tags.
  await batch(['lamp-2'])
  assert.deepEqual(await registry.deviceTags.of(await device('lamp-2')), [])
  await close()
})

test('jobs are listed newest first, page by page, each list by its own tokens', async () => {
  const { clock, registry, instance, product, begin, close } = await opened()
  for (let i = 1; i <= 5; i++) {
    clock.advance(1)
    await begin(`job-0000000${i}`)
  }
  const first = (await registry.importJobs.page(instance, undefined, undefined, 3))!
  const second = (await registry.importJobs.page(instance, undefined, first.next, 3))!
  assert.deepEqual(
    [...first.jobs, ...second.jobs].map(({ id }) => id.at(-1)),
    ['5', '4', '3', '2', '1'],
  )
  assert.equal(second.next, undefined)
  assert.equal(await registry.importJobs.page(instance, product, first.next, 3), undefined)
  await close()
})
