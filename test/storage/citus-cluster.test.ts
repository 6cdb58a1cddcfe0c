import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { Duplicate, type Storage, Unavailable } from '../../src/storage/storage.ts'
import { CitusCluster, citusPrograms, fewShards, noCitus } from '../support/citus-cluster.ts'
import { TestClock } from '../support/deterministic.ts'
import { ask, devicesNamed, nodesOn, onPostgres, sharedStore } from '../support/nodes.ts'
import { launcher, temporaryPlace } from '../support/process.ts'
import type { Reply } from '../support/sign.ts'
import { dropSchema, guideSql, spreadSchema } from './citus-store.ts'
import { makeStore, type TestStore } from './conformance/store.ts'

// The traffic between the servers of a real Citus cluster, the effect of losses, and its setup.
const skip = noCitus() ?? false
const guide = readFileSync('docs/guide/scale-out.md', 'utf8')
const clock = new TestClock()
const options = { connections: 4, testClock: true }

test('the guide and the script configure the servers alike, and call the same functions of Citus', () => {
  const script = readFileSync('deploy/citus-cluster.sh', 'utf8')
  assert.equal(spawnSync('bash', ['-n', 'deploy/citus-cluster.sh']).status, 0)
  const functions = (text: string) => [...new Set(text.match(/\b(citus|create)_\w+(?=\()/g))].sort()
  assert.deepEqual(functions(guide), functions(script))
  const [, settings] = /```ini\n(.*?)```/s.exec(guide)!
  for (const [, name] of settings!.matchAll(/^(\S+) =/gm)) assert.ok(script.includes(`\n${name} = `), name)
})

suite('a cluster of Citus', { skip }, () => {
  let cluster: CitusCluster
  before(async () => {
    // The workers' logs show what was sent to them.
    cluster = await CitusCluster.start('fsync=off', "log_statement='all'", "log_line_prefix='%p '")
  })
  after(() => cluster?.close())

  async function spreadStore(t: TestContext): Promise<TestStore> {
    const url = await spreadSchema(cluster, clock)
    const opened: Storage[] = []
    const again = async () => {
      opened.push(await openPostgres(url, clock, options))
      return opened.at(-1)!
    }
    t.after(async () => {
      await Promise.all(opened.map((storage) => storage.close()))
      await dropSchema(cluster, url)
    })
    return makeStore(await again(), clock, again)
  }

  /** The statements that Rollcall's transactions sent to each worker while a function ran. */
  async function sentDuring(run: () => Promise<unknown>): Promise<Map<string, string[]>> {
    const names = ['worker-1', 'worker-2']
    const before = names.map((worker) => cluster.log(worker).length)
    await run()
    return new Map(
      names.map((worker, i) => [
        worker,
        [
          ...cluster
            .log(worker)
            .slice(before[i])
            .matchAll(
              /(?:statement|execute \S+): (?=BEGIN|COPY|INSERT|UPDATE|DELETE|PREPARE|COMMIT|ROLLBACK)(.*)/g,
            ),
        ].map(([, sent]) => sent!),
      ]),
    )
  }
  /** How often each kind of statement was sent. */
  const kindsOf = (sent: readonly string[]) => {
    const kinds: Record<string, number> = {}
    for (const line of sent) {
      const kind = /^(COMMIT PREPARED|PREPARE TRANSACTION|\w+)/.exec(line)![0]
      kinds[kind] = (kinds[kind] ?? 0) + 1
    }
    return kinds
  }
  const inTwoPhases = { BEGIN: 1, 'PREPARE TRANSACTION': 1, 'COMMIT PREPARED': 1 }

  test('an import of 10,000 devices sends one COPY to each shard, in one transaction of each worker', async (t) => {
    const { storage, batchOf } = await spreadStore(t)
    const names = Array.from({ length: 10_000 }, (_, i) => `device-${i}`)
    const sent = await sentDuring(() => storage.devices.insertBatch(batchOf(names)))
    for (const lines of sent.values()) {
      assert.deepEqual(kindsOf(lines), { ...inTwoPhases, COPY: 3 })
      assert.equal(new Set(lines.map((line) => /^COPY .*(device_\d+)/.exec(line)?.[1])).size, 1 + 3)
    }
  })

  test('registrations that go together send one INSERT to each shard', async (t) => {
    const { storage, batchOf } = await spreadStore(t)
    const names = Array.from({ length: 100 }, (_, i) => `device-${i}`)
    const sent = await sentDuring(() => storage.devices.insertFree(batchOf(names)))
    for (const lines of sent.values()) assert.deepEqual(kindsOf(lines), { ...inTwoPhases, INSERT: 3 })
  })

  test('a registration and a deletion, each on one worker and the coordinator, are committed in two phases', async (t) => {
    const { storage, batchOf, device } = await spreadStore(t)
    const registered = await sentDuring(() => storage.devices.insertFree(batchOf(['aaaa'])))
    const aaaa = await device('aaaa')
    const deleted = await sentDuring(() => storage.devices.delete(aaaa, 9))
    const busy = [...registered.values(), ...deleted.values()].filter((lines) => lines.length > 0)
    assert.deepEqual(busy.map(kindsOf), [
      { ...inTwoPhases, INSERT: 1 },
      // The device, its tags and groups, its session, subscriptions and messages.
      { ...inTwoPhases, DELETE: 6 },
    ])
  })

  test('while workers are killed nothing is half done, and every failure is one that a client may repeat', async (t) => {
    const { storage, again, batchOf, instance, product } = await spreadStore(t)
    const nodes = [storage, await again(), await again()]
    let killing = true
    let round = 0
    const failures: unknown[] = []
    const attempt = (act: Promise<unknown>) => act.catch((error) => failures.push(error))
    const working = nodes.map(async ({ devices }) => {
      while (killing) {
        const name = `device-${round++}`
        await attempt(devices.insertBatch(batchOf(Array.from({ length: 50 }, (_, i) => `${name}-${i}`))))
        await attempt(devices.insertFree(batchOf([name, `${name}-0`])))
        const found = await devices.findByName(product, `${name}-0`).catch(() => undefined)
        if (found) await attempt(devices.delete(found, 9))
      }
    })
    for (const [worker, signal] of [
      ['worker-1', 'SIGQUIT'],
      ['worker-2', 'SIGINT'],
      ['worker-2', 'SIGQUIT'],
    ] as const) {
      const from = round
      while (round < from + 12) await delay(5)
      process.kill(cluster.pid(worker), signal)
      while (round < from + 30) await delay(5)
      cluster.command('up')
    }
    killing = false
    await Promise.all(working)
    for (const error of failures)
      if (!(error instanceof Unavailable || error instanceof Duplicate)) throw error
    assert.ok(failures.some((error) => error instanceof Unavailable))
    // Prepared transactions of a lost worker are committed within citus.recover_2pc_interval.
    const prepared = async () =>
      (
        await Promise.all(
          ['worker-1', 'worker-2'].map((worker) =>
            onPostgres(cluster.superuser(worker), 'TABLE pg_prepared_xacts'),
          ),
        )
      ).flat().length
    while ((await prepared()) > 0) await delay(50)
    const row = (await storage.products.findById(instance, product))!
    assert.equal(await storage.devices.count({ products: [product] }), row.deviceCount)
  })

  test('calls that need a lost worker are answered 503, the others go on, and all do when it is back', async (t) => {
    const url = await spreadSchema(cluster, clock)
    const store = await sharedStore(t, 'PostgreSQL', url)
    const [node] = await nodesOn(store, 1)
    t.after(() => dropSchema(cluster, url))
    const register = (name: string) =>
      ask(node!, 'ImportDevice', { DeviceName: name, DeviceSecret: 'secret-of-1' })
    const names = Array.from({ length: 12 }, (_, i) => `device-${i}`)

    cluster.command('down', 'worker-2')
    // One after the other: those that come together are one transaction.
    const replies: Reply[] = []
    for (const name of names) replies.push(await register(name))
    const lists = Array.from({ length: 100 }, (_, i) => `listed-${i}`)
    const list = await ask(node!, 'BatchImportDevice', devicesNamed(lists))
    const health = await fetch(`${node!.url}/healthz`)
    cluster.command('up')

    assert.deepEqual([list.status, list.body?.Code], [503, 'ServiceUnavailable'])
    assert.equal(health.status, 200)
    const codes = replies.map(({ status, body }) => (status === 200 ? body?.Success : body?.Code))
    assert.deepEqual([...new Set(codes)].sort(), ['ServiceUnavailable', true])
    for (const [i, name] of names.entries()) {
      const { body } = await register(name)
      assert.equal(body?.Success, codes[i] !== true, `${name}: ${JSON.stringify(body)}`)
    }
    assert.equal((await ask(node!, 'BatchImportDevice', devicesNamed(lists))).body?.Success, true)
    const [product] = await store.sql('SELECT sum(device_count)::integer AS count FROM product')
    assert.equal(product!.count, names.length + lists.length)
  })

  test('the commands of the guide spread the tables over the workers, and over one more', async (t) => {
    const here = temporaryPlace(t)
    writeFileSync(here.file('npx'), `#!/bin/sh\nshift 2\nexec '${process.execPath}' '${launcher}' "$@"\n`)
    chmodSync(here.file('npx'), 0o755)
    const blocks = [...guide.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block!)
    const commands = blocks.find((block) => block.includes('citus-cluster.sh up'))
    const { status, stderr } = spawnSync(
      'sh',
      // The cluster is up, and stays so.
      ['-ec', commands!.replaceAll('/var/tmp/cluster', cluster.folder).replace(/^.*sh down.*$/m, '')],
      {
        encoding: 'utf8',
        env: { ...process.env, PATH: `${here.folder}:${process.env.PATH}`, PGOPTIONS: fewShards },
      },
    )
    assert.equal(status, 0, stderr)
    const held = () => [...cluster.command('shards').matchAll(/ (\d+)$/gm)].map(([, count]) => Number(count))
    assert.deepEqual(held(), [0, 18, 18])
    cluster.command('add-worker')
    assert.deepEqual(held(), [0, 12, 12, 12])
  })

  test('the SQL of the guide runs unchanged, in order', async (t) => {
    const here = (sql: string) =>
      sql
        .replace(
          /'(coordinator|worker-\d)\.example', 5432/g,
          (_, node) => `'127.0.0.1', ${cluster.port(node)}`,
        )
        // The role and the database of the cluster have these names already.
        .replaceAll('rollcall', 'guided')
    const run = (at: string, sql: string) => {
      const { status, stdout, stderr } = spawnSync(
        join(citusPrograms(), 'psql'),
        ['--no-psqlrc', '-At', '--set', 'ON_ERROR_STOP=1', at],
        { input: here(sql), encoding: 'utf8', env: { ...process.env, PGOPTIONS: fewShards } },
      )
      assert.equal(status, 0, stderr)
      return stdout
    }
    const at = (node: string, database: string) =>
      Object.assign(new URL(cluster.superuser(node)), { pathname: database }).href
    for (const node of cluster.nodes()) run(at(node, 'postgres'), guideSql.everywhere)
    run(at('coordinator', 'guided'), guideSql.workers)
    const guided = Object.assign(new URL(at('coordinator', 'guided')), {
      username: 'guided',
      password: 'secret',
    }).href
    // Servers connect to each other by the password file of the cluster, which has one password for all.
    for (const node of cluster.nodes())
      await onPostgres(at(node, 'postgres'), `ALTER ROLE guided PASSWORD '${new URL(cluster.url).password}'`)
    const owner = Object.assign(new URL(guided), { password: new URL(cluster.url).password }).href
    const storage = await openPostgres(owner, clock, options)
    const { batchOf, instance } = await makeStore(storage, clock, () => assert.fail())
    await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb', 'cccc']))
    await storage.close()
    run(owner, guideSql.spreading)
    assert.deepEqual(run(owner, guideSql.shards).trim().split('\n'), ['127.0.0.1|36'])
    run(at('coordinator', 'guided'), guideSql.another)

    const reopened = await openPostgres(owner, clock, options)
    t.after(() => reopened.close())
    const product = await reopened.products.find(instance, 'pk')
    assert.equal(await reopened.devices.count({ products: [product!.id] }), 3)
    const spread = await onPostgres(
      owner,
      `SELECT count(DISTINCT nodeport)::integer AS workers, bool_or(nodeport = ${cluster.port('coordinator')}) AS here
       FROM citus_shards WHERE citus_table_type = 'distributed'`,
    )
    assert.deepEqual(spread, [{ workers: 3, here: false }])
  })
})
