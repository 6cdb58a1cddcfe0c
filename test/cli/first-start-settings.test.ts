import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { firstKeyPlaceOf, printCredentials, showOnce } from '../../src/cli/credentials.ts'
import { type RawSettings, readConfig } from '../../src/config.ts'
import { start } from '../../src/main.ts'
import { freshDatabase } from '../support/postgres.ts'
import { launcher, type Place, temporaryPlace } from '../support/process.ts'
import { call, goodDevices } from '../support/sign.ts'
import { credentialsOf } from './credentials.ts'

/*
 * Every combination of the settings that a first start depends on is a row: `expected` says in words of the settings
 * what comes of it. Each row starts a server here; what a process adds (a terminal, workers) is tried beneath.
 */

interface Settings {
  readonly store: 'SQLite' | 'PostgreSQL' | 'in memory'
  /** ROLLCALL_MASTER_KEY */
  readonly masterKey: boolean
  /** The data folder: there and open to others, not there, or one that nobody can make. */
  readonly folder: 'there' | 'absent' | 'unwritable' | 'none'
  readonly terminal: boolean
  readonly keys: boolean
  readonly seed: boolean
}

const given = { id: 'given.id', secret: 'given-secret-0123456789' }
const seedKey = { id: 'seed.id', secret: 'seed-secret-0123456789' }
const seed = {
  accounts: [
    {
      name: 'main',
      accessKeys: [seedKey],
      instances: [
        { kind: 'public', products: [{ name: 'gateway', authType: 'one-party', productKey: 'pk1' }] },
      ],
    },
  ],
}
const folders = {
  'in memory': ['none'],
  SQLite: ['there', 'absent', 'unwritable'],
  PostgreSQL: ['there', 'absent', 'unwritable'],
} as const
const both = [true, false] as const

const rows: Settings[] = (['SQLite', 'PostgreSQL', 'in memory'] as const).flatMap((store) =>
  folders[store].flatMap((folder) =>
    both.flatMap((masterKey) =>
      both.flatMap((terminal) =>
        both.flatMap((keys) => both.map((seed) => ({ store, folder, masterKey, terminal, keys, seed }))),
      ),
    ),
  ),
)

/** The source of a key, or the message of a refusal. */
type Outcome = 'in the file' | 'given' | 'on the terminal' | 'of the seed' | RegExp

function expected({ store, masterKey, folder, terminal, keys, seed }: Settings): Outcome {
  if (folder === 'unwritable' && store === 'SQLite') return /file\/data/
  if (folder === 'unwritable' && !masterKey)
    return /the master key can't be kept in \S*file\/data\/master\.key: .*ROLLCALL_MASTER_KEY/
  if (seed) return 'of the seed'
  if (folder === 'there' || folder === 'absent') return 'in the file'
  if (keys) return 'given'
  return terminal ? 'on the terminal' : /ROLLCALL_ACCESS_KEY_ID and ROLLCALL_ACCESS_KEY_SECRET/
}

const named = ({ store, masterKey, folder, terminal, keys, seed }: Settings) =>
  [
    store,
    masterKey && 'ROLLCALL_MASTER_KEY',
    folder !== 'none' && `the folder ${folder}`,
    terminal && 'a terminal',
    keys && 'keys given',
    seed && 'a seed',
  ]
    .filter(Boolean)
    .join(', ')

/** The environment of a row, in a place that is made for it. */
async function prepared(t: TestContext, here: Place, settings: Settings) {
  const { store, folder, masterKey, keys } = settings
  // In a file nobody can make a folder, not even root.
  writeFileSync(here.file('file'), '')
  writeFileSync(here.file('seed.json'), JSON.stringify(seed))
  if (folder === 'there') mkdirSync(here.file('data'), { mode: 0o755 })
  const database = store === 'PostgreSQL' ? await freshDatabase(t) : undefined
  const env: Record<string, string> = {
    ROLLCALL_DATA: here.file(folder === 'unwritable' ? 'file/data' : 'data'),
    ROLLCALL_LOG_LEVEL: 'silent',
    ...(database !== undefined && { ROLLCALL_DATABASE: database }),
    ...(store === 'in memory' && { ROLLCALL_EPHEMERAL: '1' }),
    ...(masterKey && { ROLLCALL_MASTER_KEY: 'ab'.repeat(32) }),
    ...(keys && { ROLLCALL_ACCESS_KEY_ID: given.id, ROLLCALL_ACCESS_KEY_SECRET: given.secret }),
    ...(settings.seed && { ROLLCALL_SEED: here.file('seed.json') }),
  }
  return { env, database }
}

async function tableCount(url: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(`SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace`)
  await client.end()
  return rows.length
}

/** A store is as it was: nothing is in it, and another master key may make it. */
async function assertUntouched(here: Place, database: string | undefined, folder: Settings['folder']) {
  if (database !== undefined) assert.equal(await tableCount(database), 0)
  assert.equal(existsSync(here.file('data')), folder === 'there')
  if (folder === 'there') assert.deepEqual(readdirSync(here.file('data')), [])
}

const mode = (file: string) => (statSync(file).mode & 0o777).toString(8)

function assertClosed(here: Place): void {
  if (!existsSync(here.file('data'))) return
  assert.equal(mode(here.file('data')), '700')
  // The sockets of the processes lie in a folder.
  for (const name of readdirSync(here.file('data')))
    assert.equal(mode(here.file(`data/${name}`)), name === 'nodes' ? '700' : '600', name)
}

async function assertCalls(url: string, key: { id: string; secret: string }, ProductKey: string) {
  const { body } = await call(url, 'BatchCheckImportDevice', { ProductKey, ...goodDevices(1) }, key)
  assert.equal(body.Success, true, JSON.stringify(body))
}

for (const settings of rows) {
  test(`a first start with ${named(settings)}`, async (t) => {
    const here = temporaryPlace(t)
    const { env, database } = await prepared(t, here, settings)
    const config = readConfig({ port: '0' } satisfies RawSettings, env)
    const keeping = firstKeyPlaceOf(config, settings.terminal)
    const outcome = expected(settings)
    if (outcome instanceof RegExp) {
      await assert.rejects(start(config, { firstKeyStorage: keeping }), outcome)
      return assertUntouched(here, database, settings.folder)
    }
    const { url, first, close } = await start(config, { firstKeyStorage: keeping })
    try {
      const told = first && printCredentials(first, keeping.place)
      const key = {
        'in the file': () => credentialsOf(here),
        given: () => given,
        'of the seed': () => seedKey,
        'on the terminal': () => {
          const [, id, secret] = /AccessKeyId +(\S+)\n +AccessKeySecret +(\S+)\n/.exec(showOnce(first!))!
          return { id: id!, secret: secret! }
        },
      }[outcome]()
      await assertCalls(url, key, first?.productKey ?? 'pk1')
      // Standard output of the tests is no terminal either.
      assert.ok(!told?.includes(key.secret))
      assertClosed(here)
      assert.equal(existsSync(here.file('data/credentials.env')), outcome === 'in the file')
      const hasKeyFile = !settings.masterKey && settings.store !== 'in memory'
      assert.equal(existsSync(here.file('data/master.key')), hasKeyFile)
    } finally {
      await close()
    }
  })
}

// Cases that need a process: workers, which keep the key while the primary prints it, and a real terminal.

const noTerminal = spawnSync('script', ['--version']).status !== 0
const postgres = { store: 'PostgreSQL', masterKey: true, keys: false, seed: false } as const
const inMemory = { store: 'in memory', folder: 'none', masterKey: false, keys: false, seed: false } as const
const processes: (Settings & { readonly workers: number })[] = [
  { ...postgres, folder: 'absent', terminal: false, workers: 1 },
  { ...postgres, folder: 'absent', terminal: false, workers: 2 },
  { ...postgres, folder: 'unwritable', terminal: true, workers: 1 },
  { ...postgres, folder: 'unwritable', terminal: true, workers: 2 },
  { ...postgres, folder: 'unwritable', terminal: false, workers: 2 },
  { ...postgres, folder: 'unwritable', terminal: false, workers: 2, keys: true },
  { ...inMemory, terminal: true, workers: 1 },
  { ...inMemory, terminal: false, workers: 1 },
]

for (const { workers, ...settings } of processes) {
  const skip = settings.terminal && noTerminal ? 'there is no script(1) to make a terminal with' : false
  test(`a process that starts first with ${named(settings)}, ${workers} of them`, { skip }, async (t) => {
    const place = temporaryPlace(t)
    const { env, database } = await prepared(t, place, settings)
    const here = place.with({ ...env, ROLLCALL_WORKERS: String(workers) })
    const serve = `'${process.execPath}' '${launcher}' serve --port 0 > out.txt`
    const started = settings.terminal
      ? here.start('script', '-qefc', serve, '/dev/null')
      : here.start('sh', '-c', `exec ${serve}`)
    let isEnded = false
    started.ended.then(() => (isEnded = true))
    const out = () => (existsSync(here.file('out.txt')) ? readFileSync(here.file('out.txt'), 'utf8') : '')
    const outcome = expected(settings)
    while (!isEnded && !/gateway product \w+\n/.test(out())) await pause(50)
    if (outcome instanceof RegExp) {
      const { status, stderr } = await started.ended
      assert.deepEqual([status, out()], [1, ''])
      assert.match(stderr, outcome)
      return assertUntouched(here, database, settings.folder)
    }
    // On a terminal standard error comes out of script(1) as its standard output.
    const shown = /AccessKeyId +(\S+)\r?\n +AccessKeySecret +(\S+)\r?\n/
    while (!isEnded && outcome === 'on the terminal' && !shown.test(started.stdout)) await pause(50)
    assert.equal(isEnded, false, started.stdout + started.stderr)
    const [, id = '', secret = ''] = shown.exec(started.stdout) ?? []
    const key = { 'on the terminal': { id, secret }, given }[outcome as 'given'] ?? credentialsOf(here)
    const [, url] = /listening on (\S+)\n/.exec(out())!
    const [, productKey] = /gateway product (\w+)\n/.exec(out())!
    await assertCalls(url!, key, productKey!)
    assert.ok(!out().includes(key.secret), 'a log that catches standard output holds no secret')
    const times = `${started.stdout}${started.stderr}`.split(key.secret).length - 1
    assert.equal(times, outcome === 'on the terminal' ? 1 : 0)
    assertClosed(here)
  })
}
