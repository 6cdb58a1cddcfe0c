import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryPlace } from '../support/process.ts'
import { call, goodDevices } from '../support/sign.ts'
import { credentialsOf } from './credentials.ts'

test('an import is undone while the server runs, which sees it at once', async (t) => {
  const here = temporaryPlace(t)
  const { url } = await here.serve()
  const { id, secret, productKey: ProductKey } = credentialsOf(here)
  const ask = async (action: string, parameters: object) =>
    (await call(url, action, { ProductKey, ...parameters }, { id, secret })).body
  const imported = await ask('BatchImportDevice', goodDevices(5))
  const ApplyId = String(imported.Data.ApplyId)
  const undo = (...flags: string[]) => here.rows('batch', 'undo', '--apply-id', ApplyId, ...flags)

  assert.deepEqual(await undo('--dry-run'), [{ ApplyId: Number(ApplyId), 'would delete': 5, kept: 0 }])
  assert.equal((await ask('BatchCheckImportDevice', goodDevices(5))).Data.RepeatedDeviceNameList.length, 5)
  assert.deepEqual(await undo(), [{ ApplyId: Number(ApplyId), deleted: 5, kept: 0 }])
  assert.equal((await ask('BatchCheckImportDevice', goodDevices(5))).Data, undefined)
  assert.deepEqual(await undo(), [{ ApplyId: Number(ApplyId), deleted: 0, kept: 0 }])
})

test('an invalid or unknown ApplyId is reported', async (t) => {
  const here = temporaryPlace(t)
  await (await here.serve()).process.stop()
  const none = await here.run('batch', 'undo', '--apply-id', '123')
  assert.deepEqual(
    [none.status, none.stderr],
    [1, 'rollcall: the account main has no batch with the ApplyId 123\n'],
  )
  const bad = await here.run('batch', 'undo', '--apply-id', '12x')
  assert.equal(bad.status, 2)
  assert.match(bad.stderr, /'12x' is invalid. Enter a whole number/)
})
