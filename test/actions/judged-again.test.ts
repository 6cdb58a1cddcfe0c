import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../src/lib/columns.ts'
import type { Batches } from '../../src/registry/batches.ts'
import { commonV1, openApiServer, signedV1 } from '../support/api-server.ts'
import { devicesNamed } from '../support/nodes.ts'
import { credentials } from '../support/server.ts'

/** A node whose first import comes after `meanwhile`, by which another node has done something in the store. */
async function overtaken(meanwhile: (node: Awaited<ReturnType<typeof openApiServer>>) => Promise<unknown>) {
  const node = await openApiServer()
  const { server, registry, ask } = node
  let imports = 0
  const batches: Batches = {
    ...registry.batches,
    async import(...given) {
      if (imports++ === 0) await meanwhile(node)
      return registry.batches.import(...given)
    },
  }
  Object.assign(server, { registry: { ...registry, batches } })
  const call = async (action: string, names: readonly string[]) => {
    const parameters = { ProductKey: credentials.productKey, ...devicesNamed(names) }
    return JSON.parse((await ask(signedV1({ ...commonV1(action), ...parameters }))).body)
  }
  // The node tells new names from memory.
  await call('BatchCheckImportDevice', ['free'])
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
  return { ...node, call, imports: () => imports }
}

/** Registers names as another node does: this one's memory hears of it only by the product's revision. */
async function registerElsewhere(
  { storage, registry }: Awaited<ReturnType<typeof openApiServer>>,
  names: readonly string[],
) {
  const [account] = await registry.accounts.all()
  const instance = await registry.instances.find(account!.id, undefined)
  const product = (await registry.products.find(instance!, credentials.productKey))!
  const rows = columnsOf(
    ['name'],
    names.map((name) => ({ name })),
  )
  await registry.batches.import(account!.id, product, { count: names.length, names: rows.members.name })
  return { product, storage }
}

test('an import that loses a race is validated again against the current product, and reports the names', async () => {
  const { call, imports, close } = await overtaken((node) => registerElsewhere(node, ['mine-2', 'mine-3']))
  const { Success, Code, Data } = await call('BatchImportDevice', ['mine-1', 'mine-2', 'mine-3'])
  assert.deepEqual([Success, Code], [false, 'iot.device.ApplyManyDevicesFailed'])
  assert.deepEqual(Data.RepeatedDeviceNameList.repeatedDeviceName, ['mine-2', 'mine-3'])
  assert.deepEqual(
    Data.InvalidDetailList.InvalidDetailList.map(({ DeviceName, ErrorMsg }: Record<string, string>) => [
      DeviceName,
      ErrorMsg,
    ]),
    ['mine-2', 'mine-3'].map((name) => [name, 'The device name already exists.']),
  )
  // The second judgement has said no: there was no second import, and nothing of the first.
  assert.equal(imports(), 1)
  assert.equal((await call('BatchCheckImportDevice', ['mine-1'])).Data, undefined)
  await close()
})

test('an import whose product was deleted meanwhile reports that', async () => {
  const { call, close } = await overtaken(async (node) => {
    const { product, storage } = await registerElsewhere(node, ['mine-1'])
    await storage.products.delete(product.id)
  })
  assert.equal((await call('BatchImportDevice', ['mine-1'])).Code, 'iot.prod.NotExistedProduct')
  await close()
})
