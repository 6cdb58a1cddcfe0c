import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { openStore } from '../../src/main.ts'
import { withoutDevices } from '../../src/messaging/without-devices.ts'
import { NotFound, type Registry } from '../../src/registry/registry.ts'
import { repeatableRandom, TestClock } from '../support/deterministic.ts'

/** A product with a device, as a call read it before it was deleted. */
async function withDeletedProduct(use: (made: Made) => Promise<void>): Promise<void> {
  const surroundings = { clock: new TestClock(), random: repeatableRandom() }
  const store = await openStore({ folder: undefined, masterKey: undefined }, surroundings)
  try {
    const { accounts, instances, products, devices, batches } = store.registry
    const { id: account } = await accounts.create('main')
    // An ordinary product of such an instance takes both registrations and imports.
    const instance = await instances.create(account, 'enterprise-standard', 'Enterprise instance', 'iot-1')
    const { product } = await products.create(instance, { name: 'lamps', authType: 'secret' })
    const device = await devices.register(account, product, { name: 'lamp-1', secret: 'secret' })
    const batch = (await batches.find(account, device.batch))!
    assert.equal((await batches.devices(batch, 0, 10)).total, 1)
    assert.equal(await products.delete(product), true)
    await use({ account, instance, product, batch, registry: store.registry })
  } finally {
    await store.close()
  }
}

interface Made {
  readonly account: number
  readonly instance: NonNullable<Awaited<ReturnType<Registry['instances']['find']>>>
  readonly product: NonNullable<Awaited<ReturnType<Registry['products']['find']>>>
  readonly batch: NonNullable<Awaited<ReturnType<Registry['batches']['find']>>>
  readonly registry: Registry
}

test('a product that was deleted takes nothing any more, and has nothing', () =>
  withDeletedProduct(async ({ account, product, batch, registry: { products, devices, batches } }) => {
    await assert.rejects(products.secretOf(product), NotFound)
    await assert.rejects(products.setTags(product, [{ key: 'k', value: 'v' }]), NotFound)
    await assert.rejects(devices.register(account, product, { name: 'lamp-2', secret: 's' }), NotFound)
    assert.equal(await products.update(product, { released: true }), false)
    assert.equal(await products.delete(product), false)
    assert.equal(await devices.findByName(product, 'lamp-1'), undefined)
    assert.deepEqual(await batches.devices(batch, 0, 10), { devices: [], total: 0 })
  }))

test('a call that read the product before it was deleted reports that it does not exist', () =>
  withDeletedProduct(async ({ account, instance, product, registry }) => {
    const ProductKey = product.productKey
    // A call keeps the product that its admission read.
    const target = { instanceId: 'iot-1', instance, productKey: ProductKey, product }
    const rows: readonly [action: string, parameters: object][] = [
      ['QueryProduct', {}],
      ['UpdateProduct', { ProductName: 'lamps' }],
      ['ReleaseProduct', {}],
      ['CancelReleaseProduct', {}],
      ['DeleteProduct', {}],
      ['CreateProductTags', { ProductTag: [{ TagKey: 'k', TagValue: 'v' }] }],
      ['ImportDevice', { DeviceName: 'lamp-2', DeviceSecret: 'secret' }],
      ['RegisterDevice', { DeviceName: 'lamp-2' }],
      ['BatchRegisterDevice', { Count: 1 }],
    ]
    const told = await Promise.all(
      rows.map(async ([name, parameters]) => {
        const fail = (code: string): never => {
          throw Object.assign(new Error(code), { code })
        }
        const caller = { accessKeyId: 'testid', ramUser: undefined }
        const server = { actions: new Map(), fixedQuotas: false }
        const call = { account, caller, target, registry, messaging: withoutDevices, server, fail }
        const { run } = actions.find((action) => action.name === name)!
        const ran = run({ IotInstanceId: 'iot-1', ProductKey, ...parameters } as never, call)
        return [name, await ran.catch(({ code, message }) => code ?? message)]
      }),
    )
    assert.deepEqual(
      told,
      rows.map(([name]) => [name, 'iot.prod.NotExistedProduct']),
    )
  }))
