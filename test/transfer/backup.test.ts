import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, suite, type TestContext, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { tables } from '../../src/storage/content.ts'
import { openSqlite } from '../../src/storage/sqlite/sqlite.ts'
import { sqliteTables } from '../../src/storage/sqlite/table-store.ts'
import { backUp } from '../../src/transfer/backup.ts'
import { type Digest, Digester } from '../../src/transfer/digest.ts'
import { checkBackup, restore } from '../../src/transfer/restore.ts'
import { clock, digest, fill, type Ground, grounds, pairs, read, temporaryFolder } from './stores.ts'

const quiet = () => {}
const options = { replace: false, program: '1.2.3', now: Date.parse('2024-01-02T03:04:05Z') }

for (const [from, to] of pairs) {
  test(`a backup of a store in ${from} is restored into ${to}`, async (t) => {
    const [source, target] = [await grounds[from]!(t), await grounds[to]!(t)]
    await (await fill(source)).close()
    const file = join(temporaryFolder(t), 'backup')
    const made = await backUp(source.tables, file, options, quiet)
    assert.equal(made.digest, (await digest(source)).digest)
    assert.deepEqual((await restore(file, target.tables, quiet)).head, made.head)
    assert.deepEqual(await digest(target), await digest(source))
    const storage = await target.open()
    const [account] = await storage.accounts.all()
    const list = { account: account!.id, product: 1, good: true, list: '[]', size: 0, createdAt: 1 }
    const { apply_id } = await read(source, (store) => store.counters())
    assert.ok((await storage.devices.insertChecked(list, 0)) >= apply_id)
    await storage.close()
    await assert.rejects(restore(file, target.tables, quiet), /is not empty/)
  })
}

/** A backup's lines made whole again, as its own program would have written them. */
function rewritten(lines: readonly string[]): Buffer {
  const body = lines.filter((line) => !line.startsWith('{"end"'))
  const digester = new Digester()
  for (const line of body) {
    const table = line.startsWith('{"table"') ? JSON.parse(line).table : undefined
    if (table !== undefined) digester.table(table)
    else if (line.startsWith('[')) digester.add(`${line}\n`, 1)
  }
  const text = body.map((line) => `${line}\n`).join('')
  const end = { digest: digester.result().digest, sha256: createHash('sha256').update(text).digest('hex') }
  return gzipSync(`${text}${JSON.stringify({ end })}\n`)
}

suite('a backup', () => {
  let bytes: Buffer
  let lines: string[]
  let made: Digest
  before(async () => {
    const ended: (() => void)[] = []
    const lifetime = { after: (end: () => void) => ended.push(end) } as unknown as TestContext
    const source = await grounds.SQLite!(lifetime)
    await (await fill(source)).close()
    const folder = temporaryFolder(lifetime)
    made = await backUp(source.tables, join(folder, 'backup'), options, quiet)
    bytes = readFileSync(join(folder, 'backup'))
    lines = gunzipSync(bytes).toString().trimEnd().split('\n')
    for (const end of ended) end()
  })

  /** The backup with other bytes; tries to restore it, and tells what was left behind. */
  async function restoring(t: TestContext, content: Buffer) {
    const folder = temporaryFolder(t)
    writeFileSync(join(folder, 'backup'), content)
    const target = join(folder, 'data')
    const result = await restore(join(folder, 'backup'), sqliteTables(target), quiet).catch((error) => error)
    return { result, made: existsSync(target), target }
  }

  test('is a file of lines that other programs can read, for its owner alone', () => {
    assert.deepEqual(JSON.parse(lines[0]!), {
      rollcall: 'backup',
      format: 1,
      program: '1.2.3',
      made: '2024-01-02T03:04:05.000Z',
      masterKey: 'm1',
      schema: Object.fromEntries(tables.map(({ name, columns }) => [name, Object.keys(columns)])),
    })
    assert.ok(lines.includes('[1,"1","main",1]'))
    for (const line of lines) JSON.parse(line)
  })

  for (const [what, change, complaint] of [
    ['without its end', (all) => all.slice(0, -1), /cut off/],
    ['without a row', (all) => all.filter((line) => !line.includes('"one-7"')), /altered/],
    [
      'with a row twice',
      (all) => all.flatMap((line) => (line.includes('"one-7"') ? [line, line] : [line])),
      /altered/,
    ],
    ['with another value', (all) => all.map((line) => line.replace('"zeta"', '"beta"')), /altered/],
    [
      'with another counter',
      (all) => all.map((line) => line.replace('"apply_id":1', '"apply_id":2')),
      /altered/,
    ],
    ['with something after its end', (all) => [...all, '[1]'], /something follows/],
    ['with a line that is not JSON', (all) => [...all.slice(0, 3), '{', ...all.slice(3)], /not JSON/],
    [
      'with tables in another order',
      (all) => [all[0]!, '{"table":"device"}', ...all.slice(1)],
      /not in its place/,
    ],
    ['with a row before the tables', (all) => [all[0]!, '[1]', ...all.slice(1)], /in no table/],
    ['of another program', (all) => ['{"head":1}', ...all.slice(1)], /does not begin as one/],
  ] satisfies [string, (all: string[]) => string[], RegExp][]) {
    test(`${what} is refused, and nothing is made`, async (t) => {
      const changed = change(lines)
      assert.notDeepEqual(changed, lines)
      const { result, made } = await restoring(t, gzipSync(changed.map((line) => `${line}\n`).join('')))
      assert.match(result.message, /backup is no whole backup: /)
      assert.match(result.message, complaint)
      assert.equal(made, false)
    })
  }

  test('that is cut off anywhere is refused', async (t) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 9 }), async (size) => {
        const { result, made } = await restoring(t, bytes.subarray(0, size))
        assert.match(result.message, /is no whole backup/)
        assert.equal(made, false)
      }),
      { numRuns: 40 },
    )
  })

  test('of which a byte was changed is refused, or has the same content', async (t) => {
    const file = join(temporaryFolder(t), 'backup')
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (place, difference) => {
          const changed = Buffer.from(bytes)
          changed[place]! ^= difference
          writeFileSync(file, changed)
          const found = await checkBackup(file, quiet).catch((error) => error)
          if (found instanceof Error) assert.match(found.message, /is no whole backup|newer Rollcall/)
          else assert.equal(found.digest, made.digest)
        },
      ),
      { numRuns: 300 },
    )
  })

  for (const [what, change, complaint] of [
    ['a format', (line: string) => line.replace('"format":1', '"format":2'), /its format is 2, not 1/],
    ['a table', (line: string) => line.replace('"fact":', '"novel":["a"],"fact":'), /it has the table novel/],
    [
      'a column',
      (line: string) => line.replace('"nickname"', '"novel"'),
      /its table device has the column novel/,
    ],
  ] as const) {
    test(`of a newer Rollcall, with ${what} that this one doesn’t know, is refused as that`, async (t) => {
      const { result, made } = await restoring(t, rewritten([change(lines[0]!), ...lines.slice(1)]))
      assert.match(result.message, /was made by a newer Rollcall: /)
      assert.match(result.message, complaint)
      assert.equal(made, false)
    })
  }

  test('of an older Rollcall, without columns and tables that came since, is restored', async (t) => {
    const device = tables.find(({ name }) => name === 'device')!
    const kept = Object.keys(device.columns).filter(
      (name) => !['vehicle', 'disabled', 'modified_at'].includes(name),
    )
    const head = JSON.parse(lines[0]!)
    head.schema.device = kept
    delete head.schema.device_tag
    let table = ''
    const older = lines.slice(1).flatMap((line) => {
      if (!line.startsWith('[')) table = JSON.parse(line).table ?? ''
      if (table === 'device_tag') return []
      return line.startsWith('[') && table === 'device'
        ? [JSON.stringify(JSON.parse(line).slice(0, kept.length))]
        : [line]
    })
    const { result, target } = await restoring(t, rewritten([JSON.stringify(head), ...older]))
    assert.ok(!(result instanceof Error), result.message)
    const storage = openSqlite(target, clock)
    const found = await storage.devices.findByName(1, 'one-3')
    assert.deepEqual([found?.nickname, found?.disabled, found?.modifiedAt], ['n', false, undefined])
    await storage.close()
  })

  for (const name of Object.keys(grounds)) {
    test(`that doesn’t fit together leaves nothing in ${name}, which takes a good one then`, async (t) => {
      const target: Ground = await grounds[name]!(t)
      const file = join(temporaryFolder(t), 'backup')
      // A group in an instance that is not there: of the last rows but a few.
      writeFileSync(file, rewritten(lines.map((line) => line.replace('[1,1,"g1"', '[1,77,"g1"'))))
      await assert.rejects(restore(file, target.tables, quiet), /foreign key/i)
      for (const table of tables) assert.equal(await read(target, (store) => store.count(table)), 0)
      writeFileSync(file, bytes)
      assert.equal((await restore(file, target.tables, quiet)).digest, (await digest(target)).digest)
    })
  }
})

test('a backup is written completely or not at all, and replaces a file only on request', async (t) => {
  const source = await grounds.SQLite!(t)
  await (await fill(source)).close()
  const folder = temporaryFolder(t)
  const file = join(folder, 'backup')
  await backUp(source.tables, file, options, quiet)
  assert.equal((statSync(file).mode & 0o777).toString(8), '600')
  const first = readFileSync(file)

  await assert.rejects(backUp(source.tables, file, options, quiet), /backup is there already/)
  const broken = () => {
    throw new Error('disk full')
  }
  await assert.rejects(backUp(source.tables, file, { ...options, replace: true }, broken), /disk full/)
  assert.deepEqual([readdirSync(folder), readFileSync(file)], [['backup'], first])

  await backUp(source.tables, file, { ...options, replace: true, program: 'next' }, quiet)
  assert.equal((await checkBackup(file, quiet)).head.program, 'next')
  assert.deepEqual(readdirSync(folder), ['backup'])
})
