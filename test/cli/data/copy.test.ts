import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { postgresTables } from '../../../src/storage/postgres/table-store.ts'
import { sqliteTables } from '../../../src/storage/sqlite/table-store.ts'
import type { TableStore } from '../../../src/storage/storage.ts'
import { freshDatabase } from '../../support/postgres.ts'
import { launcher, temporaryPlace } from '../../support/process.ts'
import { call, goodDevices } from '../../support/sign.ts'
import { credentialsOf } from '../credentials.ts'
import { digestOf, places } from './places.ts'

/** Asks until something fills the store. */
async function untilBegun(store: TableStore): Promise<void> {
  for (;;) {
    const what = await store.read((reader) => reader.unfinished()).catch(() => undefined)
    if (what !== undefined) return
    await turn()
  }
}

for (const from of Object.keys(places)) {
  test(`a killed copy from ${from} continues when it is run again; its target is served only then`, async (t) => {
    const here = temporaryPlace(t).with({ ROLLCALL_QUOTA: 'off' })
    const database = await freshDatabase(t)
    const stores = { SQLite: 'data', PostgreSQL: database }
    const [source, target] = from === 'SQLite' ? [stores.SQLite, database] : [database, 'copy']
    const sourceFlags = from === 'SQLite' ? [] : ['--database', database]
    const { url, process: server } = await here.serve(...sourceFlags)
    const first = credentialsOf(here)
    for (let i = 0; i < 12; i++) {
      const devices = goodDevices(5000, `dev-${i}`)
      const { body } = await call(
        url,
        'BatchImportDevice',
        { ProductKey: first.productKey, ...devices },
        first,
      )
      assert.equal(body.Success, true)
    }
    await server.stop()

    const environment = here.with({ ROLLCALL_COPY_FROM: source, ROLLCALL_COPY_TO: target })
    const targetFlags = target === database ? ['--database', database] : ['--data', target]
    const copying = environment.start(process.execPath, launcher, 'copy')
    await untilBegun(target === database ? postgresTables(target) : sqliteTables(here.file(target)))
    await copying.kill()
    const digest = await here.run('digest', ...targetFlags)
    assert.match(digest.stderr, /is not whole: rollcall copy into it has not ended/)
    const refused = await here.run('serve', '--port', '0', ...targetFlags)
    assert.deepEqual([refused.status, refused.stdout], [1, ''])
    assert.match(
      refused.stderr,
      /^rollcall: the store is not whole: rollcall copy .* Run it again, then it goes on\.\n$/,
    )

    const { status, stdout, stderr } = await environment.run('copy')
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, /have the same digest [0-9a-f]{64}\n/)
    assert.doesNotMatch(stdout, /password|:[0-9a-f]{24}@/)
    assert.equal(await digestOf(here, ...targetFlags), await digestOf(here, ...sourceFlags))

    const key = readFileSync(here.file('data/master.key'), 'utf8').trim()
    const served = await here.with({ ROLLCALL_MASTER_KEY: key }).serve(...targetFlags)
    const devices = goodDevices(3, 'dev-3')
    const { body } = await call(
      served.url,
      'BatchCheckImportDevice',
      { ProductKey: first.productKey, ...devices },
      first,
    )
    assert.equal(body.Data.RepeatedDeviceNameList.length, 3)
  })
}
