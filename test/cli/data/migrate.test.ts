import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { suite, test } from 'node:test'
import { temporaryPlace } from '../../support/process.ts'
import { places } from './places.ts'

/** The migrations of a file of the store on SQLite, as `migrate --status` prints them. */
const migrationsOf = (file: 'roll' | 'gate') =>
  readdirSync(`src/storage/sqlite/migrations/${file}`)
    .sort()
    .map((name) => `${file}/${name}`)
const ofRoll = migrationsOf('roll')
const migrations = [...ofRoll, ...migrationsOf('gate')]

suite('rollcall migrate', () => {
  for (const [name, flagsOf] of Object.entries(places)) {
    test(`makes a store in ${name} that is empty, and has nothing to do then`, async (t) => {
      const where = await flagsOf(t)
      const here = temporaryPlace(t)
      const applied = await here.rows('migrate', ...where)
      assert.ok(applied.length >= 2)
      assert.deepEqual(await here.rows('migrate', ...where), [])
      assert.equal((await here.run('migrate', ...where)).stdout, 'no pending migrations\n')
      assert.deepEqual(await here.rows('migrate', '--status', ...where), applied)
      const all = (await here.rows('digest', ...where)).at(-1)
      assert.equal(all!.rows, 0)
      const { status, stderr } = await here.run('backup', 'none.backup', ...where)
      assert.deepEqual([status, /the store in .* is empty/.test(stderr)], [1, true])
    })
  }

  test('--status changes nothing, and reports a store that is older, newer or changed', async (t) => {
    const here = temporaryPlace(t)
    const statusOf = async () => {
      const { stdout, stderr, status } = await here.run('migrate', '--status')
      return {
        status,
        stderr,
        rows: stdout
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => line.split(/ {2,}/)),
      }
    }
    const change = (sql: string) => {
      const database = new DatabaseSync(here.file('data/roll.db'))
      database.exec(sql)
      database.close()
    }
    assert.match((await here.run('migrate', '--status')).stderr, /there is no store in \.\/data; see --data/)
    await here.run('migrate')

    change(`DELETE FROM migration WHERE name = '0003-own-operations.sql'`)
    const before = [readFileSync(here.file('data/roll.db')), readdirSync(here.file('data'))]
    assert.deepEqual(await statusOf(), {
      status: 0,
      stderr: '',
      rows: migrations.map((name) => [
        name,
        name === 'roll/0003-own-operations.sql' ? 'outstanding' : 'applied',
      ]),
    })
    assert.deepEqual([readFileSync(here.file('data/roll.db')), readdirSync(here.file('data'))], before)
    for (const command of ['backup x', 'digest', 'copy --from data --to other']) {
      assert.match(
        (await here.run(...command.split(' '))).stderr,
        /made by an older Rollcall .*run: rollcall migrate/,
      )
    }

    change(`INSERT INTO migration VALUES ('9999-later.sql', '')`)
    const newer = await statusOf()
    assert.deepEqual(
      [newer.status, newer.stderr],
      [1, 'rollcall: the store was made by a newer Rollcall: it has the migration roll/9999-later.sql\n'],
    )
    assert.deepEqual(newer.rows[ofRoll.length], ['roll/9999-later.sql', 'applied by a newer Rollcall'])
    assert.match((await here.run('migrate')).stderr, /newer Rollcall.*9999-later/)

    change(`DELETE FROM migration WHERE name = '9999-later.sql'; UPDATE migration SET checksum = 'x'`)
    const changed = await statusOf()
    assert.deepEqual([changed.status, changed.rows[0]![1]], [1, 'applied, but its file has changed since'])
    assert.match(changed.stderr, /0001-roll\.sql has changed since it was applied/)
  })
})

test('a file that is neither store nor backup is reported in one line', async (t) => {
  const here = temporaryPlace(t)
  await here.run('migrate')
  writeFileSync(here.file('text'), 'text')
  mkdirSync(here.file('wrong'))
  writeFileSync(here.file('wrong/roll.db'), 'text '.repeat(100))
  for (const [command, complaint] of [
    ['restore nothing', /there is no file nothing/],
    ['restore text', /text is no whole backup: it can't be unpacked/],
    ['digest text', /text is no whole backup/],
    ['backup x --data nothing', /there is no store in nothing; see --data/],
    ['digest --data nothing', /there is no store in nothing/],
    ['digest --data wrong', /wrong\/roll\.db can't be read: file is not a database/],
    ['copy --from nothing --to other', /there is no store in nothing/],
    ['copy --from data --to other', /the store in data is empty/],
    ['copy --from postgres://u:secret@127.0.0.1:1/db --to other', /ECONNREFUSED/],
    ['export --data nothing', /there is no store in nothing/],
    ['export --product nope', /there is no product "nope"/],
    ['export --instance-id nope', /there is no instance "nope"/],
  ] as const) {
    await t.test(command, async () => {
      const { status, stdout, stderr } = await here.run(...command.split(' '))
      assert.match(stderr, /^rollcall: [^\n]+\n$/)
      assert.match(stderr, complaint)
      assert.doesNotMatch(stderr, /secret/)
      assert.deepEqual([status, stdout], [1, ''])
    })
  }
  assert.ok(!existsSync(here.file('other')))
})
