import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Duplicate, Unavailable } from '../../src/registry/registry.ts'
import { openApiServer } from '../support/api-server.ts'

/** A registry, its two products, and how many devices each commit was given. */
async function opened() {
  const { registry, storage, close } = await openApiServer()
  const [account] = await registry.accounts.all()
  const instances = await registry.instances.of(account!.id)
  const products = await Promise.all(
    instances.map(async (instance) => (await registry.products.page(instance, {}, 0, 1)).products[0]!),
  )
  const commits: number[] = []
  let broken: Error | undefined
  const insertFree = storage.devices.insertFree.bind(storage.devices)
  storage.devices.insertFree = async (batch) => {
    commits.push(batch.size)
    if (broken !== undefined && batch.product === products[0]!.id) throw broken
    return insertFree(batch)
  }
  return {
    register: (name: string, product = 0) =>
      registry.devices.register(account!.id, products[product]!, { name, secret: 's' }),
    registry,
    products,
    commits,
    breaks: (error: Error) => {
      broken = error
    },
    close,
  }
}

test('registrations that come together share a commit for each product, and each is answered for itself', async () => {
  const { register, registry, products, commits, close } = await opened()
  await register('before')
  const asked = ['one1', 'two2', 'one1', 'before'].map((name) => register(name))
  const elsewhere = register('one1', 1)
  const results = await Promise.allSettled([...asked, elsewhere])
  assert.deepEqual(
    results.map((result) => (result.status === 'fulfilled' ? result.value.name : result.reason.constructor)),
    ['one1', 'two2', Duplicate, Duplicate, 'one1'],
  )
  assert.deepEqual(commits, [1, 3, 1])
  for (const result of results) {
    if (result.status === 'rejected') continue
    const { product, name, iotId, secret } = result.value
    const found = await registry.devices.findByName(products.find(({ id }) => id === product)!, name)
    assert.deepEqual([found?.iotId, found?.secret], [iotId, secret])
  }
  await close()
})

test('a failing commit fails all registrations of its product, and no others', async () => {
  const { register, breaks, close } = await opened()
  breaks(new Unavailable('gone'))
  const results = await Promise.allSettled([register('one1'), register('one1'), register('one1', 1)])
  assert.deepEqual(
    results.map((result) => (result.status === 'fulfilled' ? result.value.name : result.reason.constructor)),
    [Unavailable, Unavailable, 'one1'],
  )
  await close()
})
