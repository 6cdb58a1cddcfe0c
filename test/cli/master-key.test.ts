import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { suite, type TestContext, test } from 'node:test'
import { type Place, temporaryPlace } from '../support/process.ts'
import { call, goodDevices, type Parameters } from '../support/sign.ts'

const key = { ROLLCALL_ACCESS_KEY_ID: 'testid', ROLLCALL_ACCESS_KEY_SECRET: 'testsecret' }
const ProductKey = 'a1TestKey01'
const place = (t: TestContext) => temporaryPlace(t).with({ ...key, ROLLCALL_PRODUCT_KEY: ProductKey })

/** Imports devices; gives a function that reads their secrets back. */
async function importDevices(url: string, devices: Parameters) {
  const { body } = await call(url, 'BatchImportDevice', { ProductKey, ...devices })
  assert.equal(body.Success, true, JSON.stringify(body))
  const page = { ApplyId: String(body.Data.ApplyId), PageNo: '1', PageSize: '500' }
  return async (from: string): Promise<string[]> => {
    const { body } = await call(from, 'QueryImportedDeviceByApplyId', page)
    assert.equal(body.Success, true, JSON.stringify(body))
    return body.DeviceList.device.map((device: { DeviceSecret: string }) => device.DeviceSecret)
  }
}

/** The data keys of a store as the master key wraps them. */
function wrapsIn(file: string): readonly Buffer[] {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return database
      .prepare('SELECT wrapped FROM data_key')
      .all()
      .map(({ wrapped }) => Buffer.from(wrapped as Uint8Array))
  } finally {
    database.close()
  }
}

const secrets = (count: number) => Array.from({ length: count }, (_, i) => `secret-${i + 1}`)

suite('the master key in the data folder', () => {
  test('is rotated under a running server, which continues to read and write', async (t) => {
    const here = place(t)
    const first = await here.serve()
    const before = await importDevices(first.url, goodDevices(300, 'before'))
    const oldKey = readFileSync(here.file('data/master.key'), 'utf8')

    for (const time of ['once', 'twice']) {
      const former = wrapsIn(here.file('data/roll.db'))
      const { status, stdout, stderr } = await here.run('master-key', 'rotate')
      assert.deepEqual([status, stderr], [0, ''], time)
      assert.match(stdout, /^5 data keys are wrapped in the new master key\.\n/)
      // Secrets sealed under them stay so, and the command reports it to the operator.
      assert.match(stdout, /None of them was renewed: the secrets of 1 access key, 2 products and 1 batch of/)
      assert.match(stdout, /The log of the database was truncated/)
      // The server goes on writing: the log need not be empty.
      const log = readFileSync(here.file('data/roll.db-wal'))
      assert.ok(former.length > 0 && !former.some((wrap) => log.includes(wrap)), 'no former wrap is left')
    }
    const newKey = readFileSync(here.file('data/master.key'), 'utf8')
    assert.notEqual(newKey, oldKey)
    assert.equal((statSync(here.file('data/master.key')).mode & 0o777).toString(8), '600')
    assert.deepEqual(
      readdirSync(here.file('data')).filter((name) => name.startsWith('master.key')),
      ['master.key'],
    )

    // Writing first: the old key at hand must not be used for it.
    const after = await importDevices(first.url, goodDevices(10, 'after'))
    assert.deepEqual(await before(first.url), secrets(300))
    assert.deepEqual(await after(first.url), secrets(10))
    const { body } = await call(first.url, 'QueryProduct', { ProductKey })
    assert.match(body.Data.ProductSecret, /^\w{16}$/)

    await first.process.stop()
    const second = await here.serve()
    assert.deepEqual(await before(second.url), secrets(300))
    assert.deepEqual(await after(second.url), secrets(10))
    await second.process.stop()

    // The old key opens nothing any more.
    writeFileSync(here.file('data/master.key'), oldKey)
    await assertRefuses(here, /master\.key is not the key of this store/)
  })

  test('is rotated while devices are imported: none is lost, none unreadable', async (t) => {
    const here = place(t).with({ ROLLCALL_QUOTA: 'off' })
    const { url } = await here.serve()
    let rotating = true
    const rotation = here.run('master-key', 'rotate').finally(() => {
      rotating = false
    })
    const reads: ((from: string) => Promise<string[]>)[] = []
    while (rotating) reads.push(await importDevices(url, goodDevices(20, `during-${reads.length}`)))
    assert.equal((await rotation).status, 0)
    for (const read of reads) assert.deepEqual(await read(url), secrets(20))
  })

  for (const [what, spoil, complaint] of [
    ['missing', (file: string) => rmSync(file), /master\.key is missing: .*Restore it, or copy it/],
    [
      'of another store',
      (file: string) => writeFileSync(file, `${'ab'.repeat(32)}\n`),
      /master\.key is not the key of this store/,
    ],
    [
      'cut short',
      (file: string) => writeFileSync(file, 'abcd'),
      /master\.key must hold 64 hexadecimal digits.* 4 /,
    ],
    ['empty', (file: string) => writeFileSync(file, ''), /master\.key must hold 64 hexadecimal digits.* 0 /],
    [
      'no hexadecimal',
      (file: string) => writeFileSync(file, 'x'.repeat(64)),
      /master\.key must hold 64 hexadecimal/,
    ],
  ] as const) {
    test(`that is ${what} is reported in one line and stays unchanged`, async (t) => {
      const here = place(t)
      await (await here.serve()).process.stop()
      const file = here.file('data/master.key')
      spoil(file)
      const left = existsSync(file) && readFileSync(file, 'utf8')
      await assertRefuses(here, complaint)
      assert.equal(existsSync(file) && readFileSync(file, 'utf8'), left)
    })
  }
})

suite('the master key in ROLLCALL_MASTER_KEY', () => {
  const a = 'a1'.repeat(32)
  const b = 'B2'.repeat(32)

  test('leaves no file, and opens the store again', async (t) => {
    const here = place(t).with({ ROLLCALL_MASTER_KEY: a })
    const first = await here.serve()
    const read = await importDevices(first.url, goodDevices(3))
    assert.ok(!existsSync(here.file('data/master.key')))
    await first.process.stop()
    assert.deepEqual(await read((await here.serve()).url), secrets(3))
  })

  test('is rotated to ROLLCALL_NEW_MASTER_KEY, and the old one opens nothing any more', async (t) => {
    const old = place(t).with({ ROLLCALL_MASTER_KEY: a })
    const first = await old.serve()
    const read = await importDevices(first.url, goodDevices(3))
    await first.process.stop()

    const without = await old.run('master-key', 'rotate')
    assert.equal(without.status, 1)
    assert.match(without.stderr, /^rollcall: .*ROLLCALL_NEW_MASTER_KEY must hold the new key\n$/)
    const malformed = await old.with({ ROLLCALL_NEW_MASTER_KEY: 'short' }).run('master-key', 'rotate')
    assert.match(malformed.stderr, /^rollcall: ROLLCALL_NEW_MASTER_KEY must hold 64 hexadecimal digits.*\n$/)

    assert.equal((await old.with({ ROLLCALL_NEW_MASTER_KEY: b }).run('master-key', 'rotate')).status, 0)
    await assertRefuses(old, /master key/)
    assert.deepEqual(await read((await old.with({ ROLLCALL_MASTER_KEY: b }).serve()).url), secrets(3))
    assert.ok(!existsSync(old.file('data/master.key')))
  })

  for (const [value, told] of [
    ['abc', '3 characters'],
    ['g'.repeat(64), '64 hexadecimal digits'],
    ['a'.repeat(63), '63 characters'],
  ] as const) {
    test(`that is ${value.slice(0, 10)} of ${value.length} characters is reported but not printed`, async (t) => {
      const here = place(t).with({ ROLLCALL_MASTER_KEY: value })
      const { status, stderr } = await here.run('serve', '--port', '0')
      assert.equal(status, 1)
      assert.match(stderr, /^rollcall: ROLLCALL_MASTER_KEY must hold 64 hexadecimal digits.*\n$/)
      assert.ok(stderr.includes(told) && !stderr.includes(value))
    })
  }

  test('of another store is reported in one line', async (t) => {
    const here = place(t)
    await (await here.with({ ROLLCALL_MASTER_KEY: a }).serve()).process.stop()
    await assertRefuses(here.with({ ROLLCALL_MASTER_KEY: b }), /the master key is not the one/)
    // Nor does the store get a key file of its own beside it.
    await assertRefuses(here, /master\.key is missing/)
    assert.ok(!existsSync(here.file('data/master.key')))
  })
})

async function assertRefuses(here: Place, complaint: RegExp): Promise<void> {
  for (const command of [
    ['serve', '--port', '0'],
    ['access-key', 'create'],
    ['master-key', 'rotate'],
  ]) {
    const { status, stdout, stderr } = await here
      .with({ ROLLCALL_NEW_MASTER_KEY: 'c3'.repeat(32) })
      .run(...command)
    assert.deepEqual([status, stdout], [1, ''], command.join(' '))
    assert.match(stderr, /^rollcall: [^\n]+\n$/)
    assert.match(stderr, complaint)
  }
}
