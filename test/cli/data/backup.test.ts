import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { temporaryPlace } from '../../support/process.ts'
import { call, goodDevices } from '../../support/sign.ts'
import { credentialsOf } from '../credentials.ts'
import { digestOf, places } from './places.ts'

suite('a backup while devices are imported', () => {
  for (const [name, flagsOf] of Object.entries(places)) {
    test(`of ${name} has whole batches only, and serves them when it is restored`, async (t) => {
      const where = await flagsOf(t)
      const here = temporaryPlace(t).with({ ROLLCALL_QUOTA: 'off' })
      const { url } = await here.serve(...where)
      const first = credentialsOf(here)
      const product = { ProductKey: first.productKey }

      const applied = new Set<string>()
      let done = false
      const importing = (async () => {
        for (let i = 0; !done; i++) {
          const { body } = await call(
            url,
            'BatchImportDevice',
            { ...product, ...goodDevices(100, `d${i}`) },
            first,
          )
          assert.equal(body.Success, true, JSON.stringify(body))
          applied.add(String(body.Data.ApplyId))
        }
      })()
      const before = await here.run('backup', 'one.backup', '--verify', ...where)
      const known = new Set(applied)
      const again = await here.run('backup', 'two.backup', ...where)
      done = true
      await importing
      for (const { status, stderr } of [before, again]) assert.deepEqual([status, stderr], [0, ''])
      assert.match(
        before.stdout,
        /verified\n.*master key [0-9a-f]{32}, which is not in the file\.\nIt is in data\/master\.key/,
      )
      const key = readFileSync(here.file('data/master.key'), 'utf8').trim()
      assert.equal(JSON.stringify(await here.rows('digest', 'two.backup')).includes(key), false)

      const restored = await here.run('restore', 'two.backup', '--data', 'restored')
      assert.equal(restored.status, 0, restored.stderr)
      assert.match(restored.stdout, /restored\/master\.key has none/)
      assert.equal(await digestOf(here, 'two.backup'), await digestOf(here, '--data', 'restored'))
      const served = await here.with({ ROLLCALL_MASTER_KEY: key }).serve('--data', 'restored')
      const found = await batches(served.url, first, [...applied])
      // Every batch is whole or not there, and those that were answered before the backup began are there.
      assert.deepEqual(
        [...new Set(found.values())].filter((size) => size !== 0),
        [100],
      )
      for (const id of known) assert.equal(found.get(id), 100)
    })
  }
})

async function batches(
  url: string,
  key: { id: string; secret: string },
  ids: readonly string[],
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for (const ApplyId of ids) {
    const { body } = await call(
      url,
      'QueryImportedDeviceByApplyId',
      { ApplyId, PageNo: '1', PageSize: '1' },
      key,
    )
    sizes.set(ApplyId, body.Success ? body.TotalPage : 0)
  }
  return sizes
}
