import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { lock } from '../../src/cli/import/lock.ts'
import { type Cut, cuttingProxy } from '../support/cutting-proxy.ts'
import { launcher, type Place } from '../support/process.ts'
import { lamps, rowsIn, served, stored, tallyOf } from './served.ts'

const imported = (here: Place, file: string, ...flags: string[]) =>
  tallyOf(here.run('import', file, '--json', ...flags))

test('imports a file once, and prints the same when it is repeated', async (t) => {
  const { here, product, productKey } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(250))
  for (let i = 0; i < 2; i++) {
    const { status, accepted, rows } = await imported(here, 'devices.csv', ...product, '--batch', '100')
    assert.deepEqual([status, accepted, rows], [0, 250, 250])
  }
  assert.deepEqual(await stored(here, productKey), rowsIn(lamps(250)))
  const journal = readFileSync(here.file('devices.csv.import.jsonl'), 'utf8')
  assert.doesNotMatch(journal, /lamp-|s3cret/)
  assert.equal((statSync(here.file('devices.csv.import.jsonl')).mode & 0o777).toString(8), '600')
  assert.ok(!existsSync(here.file('devices.csv.import.jsonl.lock')))
})

test('imports nothing while a row is bad, and leaves no journal', async (t) => {
  const { here, product, productKey } = await served(t)
  writeFileSync(here.file('devices.csv'), `${lamps(50)}lamp-1,a,\nlamp%,b,\n`)
  const flags = [...product, '--batch', '10', '--report', 'bad.csv']
  const { status, accepted, rejected, skipped } = await imported(here, 'devices.csv', ...flags)
  assert.deepEqual([status, accepted, rejected, skipped], [1, 0, 2, 50])
  assert.match(readFileSync(here.file('bad.csv'), 'utf8'), /^lamp-1,a,,52,.*\nlamp%,b,,53,.*\n$/m)
  assert.deepEqual(await stored(here, productKey), [])
  assert.ok(!existsSync(here.file('devices.csv.import.jsonl')))
})

test('what could not begin leaves nothing behind', async (t) => {
  const { here, product } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(3))
  const files = () =>
    readdirSync(here.folder).filter((name) => name.includes('import') || name.includes('none'))
  for (const [file, flags, status] of [
    ['none.csv', product, 2],
    ['devices.csv', ['--product', 'none'], 2],
    ['devices.csv', [...product, '--endpoint', 'http://127.0.0.1:1'], 3],
    ['-', product, 2],
  ] as const) {
    assert.equal((await here.run('import', file, ...flags)).status, status)
    assert.deepEqual(files(), [])
  }
  assert.equal((await imported(here, 'devices.csv', ...product)).accepted, 3)
})

test('a file that is in is another import for another product, and the same one when it was only touched', async (t) => {
  const { here, product } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(30))
  const flags = [...product, '--batch', '10']
  assert.equal((await imported(here, 'devices.csv', ...flags)).accepted, 30)
  const journal = () => readFileSync(here.file('devices.csv.import.jsonl'), 'utf8')
  const kept = journal()
  utimesSync(here.file('devices.csv'), 1e9, 1e9)
  const touched = await imported(here, 'devices.csv', ...flags)
  assert.deepEqual([touched.status, touched.accepted], [0, 30])
  // The journal stays while nothing else is begun.
  const unknown = await here.run('import', 'devices.csv', '--product', 'none')
  assert.equal(unknown.status, 2)
  assert.match(unknown.stderr, /NotExistedProduct/)
  assert.equal(journal(), kept)
  const skipping = await imported(here, 'devices.csv', ...flags, '--mode', 'skip-existing')
  assert.deepEqual([skipping.status, skipping.skipped], [0, 30])
  writeFileSync(here.file('devices.csv'), lamps(40, 10))
  const changed = await imported(here, 'devices.csv', ...flags)
  assert.deepEqual([changed.status, changed.rejected], [1, 20])
})

test('rows that were changed after they had been verified are verified again', async (t) => {
  const { here, url, product, productKey } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(30))
  const proxy = await cuttingProxy(t, url)
  const flags = [...product, '--endpoint', proxy.url, '--batch', '10']
  proxy.cut('before', 'BatchImportDevice', 1000)
  assert.equal((await here.run('import', 'devices.csv', ...flags)).status, 4)
  const journal = here.file('devices.csv.import.jsonl')
  // As if it had been killed between the verifying and the first import.
  const [begun, verified] = readFileSync(journal, 'utf8').split('\n')
  writeFileSync(journal, `${begun}\n${verified}\n`)
  proxy.cut('before', 'BatchImportDevice', 0)
  writeFileSync(here.file('devices.csv'), lamps(30).replace('lamp-7,', 'lamp%7,'))
  const changed = await imported(here, 'devices.csv', ...flags)
  assert.deepEqual([changed.status, changed.accepted, changed.rejected], [1, 0, 1])
  assert.deepEqual(await stored(here, productKey), [])
})

test('a file without rows can’t be imported, and no journal is kept', async (t) => {
  const { here, product } = await served(t)
  writeFileSync(here.file('devices.csv'), 'name,secret,sn\n')
  for (const more of [[], ['--no-check'], ['--dry-run']]) {
    const { status, stderr } = await here.run('import', 'devices.csv', ...product, ...more)
    assert.equal(status, 2, stderr)
    assert.match(stderr, /the file has a header and no rows/)
    assert.ok(!existsSync(here.file('devices.csv.import.jsonl')))
  }
})

test('unusable paths are reported with status 2', async (t) => {
  const { here, product } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(3))
  const files = readdirSync(here.folder)
  for (const [flags, told] of [
    [['--journal', 'none/journal'], /ENOENT.*none\/journal.*choose another place with --journal FILE/],
    [['--journal', '.'], /EISDIR.*choose another place with --journal FILE/],
    [['--report', 'none/bad.csv'], /ENOENT.*choose another file with --report FILE/],
    [['--report', 'devices.csv.import.jsonl'], /overwrite devices\.csv\.import\.jsonl;/],
    [['--report', 'devices.csv.import.jsonl.lock'], /overwrite devices\.csv\.import\.jsonl\.lock;/],
  ] as const) {
    const { status, stderr } = await here.run('import', 'devices.csv', ...product, ...flags)
    assert.equal(status, 2, stderr)
    assert.match(stderr, told)
    assert.deepEqual(readdirSync(here.folder), files)
  }
})

suite('devices that are registered already', () => {
  for (const status of ['documented', '200', '400'])
    test(`are bad, skipped, or reported while the others are imported, with --failure-status ${status}`, async (t) => {
      const { here, product, productKey } = await served(t, '--failure-status', status)
      writeFileSync(here.file('old.csv'), lamps(20))
      await imported(here, 'old.csv', ...product)
      const file = `${lamps(40, 10)}lamp-3,another,\n`
      writeFileSync(here.file('new.csv'), file)
      const flags = [...product, '--batch', '8']
      const created = await imported(here, 'new.csv', ...flags)
      assert.deepEqual([created.status, created.rejected, created.skipped], [1, 11, 20])

      const dry = await imported(here, 'new.csv', ...flags, '--mode', 'skip-existing', '--dry-run')
      assert.deepEqual([dry.status, dry.accepted, dry.skipped], [0, 20, 11])
      assert.equal((await stored(here, productKey)).length, 20)

      const unchecked = await imported(here, 'new.csv', ...flags, '--no-check', '--report', 'bad.csv')
      assert.deepEqual([unchecked.status, unchecked.accepted, unchecked.rejected], [1, 20, 11])
      assert.equal(readFileSync(here.file('bad.csv'), 'utf8').split('\n').length, 1 + 11 + 1)
      assert.deepEqual(await stored(here, productKey), rowsIn(lamps(40)))

      writeFileSync(here.file('more.csv'), `${lamps(60, 30)}lamp-3,another,\n`)
      for (let i = 0; i < 2; i++) {
        const skipping = await imported(here, 'more.csv', ...flags, '--mode', 'skip-existing')
        assert.deepEqual([skipping.status, skipping.accepted, skipping.skipped], [0, 20, 11])
      }
      assert.deepEqual(await stored(here, productKey), rowsIn(lamps(60)))
    })
})

suite('whatever becomes of calls and answers, each row is imported once:', () => {
  for (const how of ['before', 'after'] as Cut[]) {
    test(`connections end ${how} the server has an import`, async (t) => {
      const { here, url, product, productKey } = await served(t, '--quota', 'off')
      writeFileSync(here.file('devices.csv'), lamps(500))
      const proxy = await cuttingProxy(t, url)
      proxy.cut(how, 'BatchImportDevice', 3)
      const flags = ['--endpoint', proxy.url, ...product, '--batch', '50']
      const { status, accepted } = await imported(here, 'devices.csv', ...flags)
      assert.deepEqual([status, accepted, proxy.left], [0, 500, 0])
      assert.deepEqual(await stored(here, productKey), rowsIn(lamps(500)))
    })
  }

  test('a device that another client registers meanwhile is reported, and the others are imported', async (t) => {
    const { here, url, product, productKey } = await served(t, '--quota', 'off')
    writeFileSync(here.file('devices.csv'), lamps(100))
    writeFileSync(here.file('theirs.csv'), 'name,secret,sn\nlamp-42,theirs,QC0\n')
    const proxy = await cuttingProxy(t, url)
    // No answer of an import comes through, so that the first run ends in doubt.
    proxy.cut('before', 'BatchImportDevice', 1000)
    const flags = ['--endpoint', proxy.url, ...product, '--batch', '20']
    const cut = await here.run('import', 'devices.csv', '--json', ...flags)
    assert.equal(cut.status, 4, cut.stderr)
    assert.match(cut.stderr, /the same command to resume/)
    assert.equal((await imported(here, 'theirs.csv', ...product)).accepted, 1)
    proxy.cut('before', 'BatchImportDevice', 0)
    const { status, accepted, rejected, reasons } = await imported(here, 'devices.csv', ...flags)
    assert.deepEqual([status, accepted, rejected, reasons], [1, 99, 1, { ExistingDeviceName: 1 }])
    const expected = rowsIn(lamps(100).replace('lamp-42,s3cret-of-42,QC42', 'lamp-42,theirs,QC0'))
    assert.deepEqual(await stored(here, productKey), expected)
  })

  test('the server is killed and comes back', async (t) => {
    const { here, url, server, product, productKey } = await served(t, '--quota', 'off')
    writeFileSync(here.file('devices.csv'), lamps(6000))
    const flags = [...product, '--batch', '20', '--concurrency', '3']
    const begun = performance.now()
    const running = here.run('import', 'devices.csv', '--json', ...flags)
    const journal = here.file('devices.csv.import.jsonl')
    while (!existsSync(journal) || readFileSync(journal, 'utf8').split('done').length < 10) {
      assert.ok(performance.now() - begun < 20_000)
      await delay(1)
    }
    await server.kill()
    await here.serve('--port', new URL(url).port, '--quota', 'off')
    const { status } = await running
    assert.ok(status === 0 || status === 4, String(status))
    const again = await imported(here, 'devices.csv', ...flags)
    assert.deepEqual([again.status, again.accepted], [0, 6000])
    assert.deepEqual(await stored(here, productKey), rowsIn(lamps(6000)))
  })

  test('it is killed at random moments, ten times', { timeout: 200_000 }, async (t) => {
    const { here, product, productKey } = await served(t, '--quota', 'off')
    const count = 4000
    const perRound = count / 10
    for (let round = 0; round < 10; round++) {
      const file = `devices-${round}.csv`
      writeFileSync(here.file(file), lamps((round + 1) * perRound, round * perRound))
      const flags = [...product, '--batch', '20', '--concurrency', '3']
      const journal = here.file(`${file}.import.jsonl`)
      const steps = () => (existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').length : 0)
      const started = here.start(process.execPath, launcher, 'import', file, ...flags)
      const until = 2 + Math.floor(Math.random() * 38)
      while (steps() < until && started.child.exitCode === null) await delay(1)
      await started.kill()
      const { status, accepted } = await imported(here, file, ...flags)
      assert.deepEqual([status, accepted], [0, perRound], `killed behind step ${until} of round ${round}`)
    }
    assert.deepEqual(await stored(here, productKey), rowsIn(lamps(count)))
  })

  test('it is interrupted: it finishes calls in progress, and resumes later', async (t) => {
    const { here, product, productKey } = await served(t, '--quota', 'off')
    writeFileSync(here.file('devices.csv'), lamps(4000))
    const flags = [...product, '--batch', '10', '--concurrency', '2']
    const started = here.start(process.execPath, launcher, 'import', 'devices.csv', ...flags)
    const journal = here.file('devices.csv.import.jsonl')
    const isBegun = () => existsSync(journal) && readFileSync(journal, 'utf8').includes('done')
    while (!isBegun() && started.child.exitCode === null) await delay(1)
    const { status, stderr } = await started.stop('SIGINT')
    assert.equal(status, 4, stderr)
    const kept = readFileSync(journal, 'utf8')
    assert.equal(kept.split('sent').length, kept.split('done').length)
    assert.equal((await imported(here, 'devices.csv', ...flags)).accepted, 4000)
    assert.deepEqual(await stored(here, productKey), rowsIn(lamps(4000)))
  })
})

test('standard input is kept until it is in', async (t) => {
  const { here, url, product, productKey } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(30))
  const proxy = await cuttingProxy(t, url)
  const piped = (...flags: string[]) => {
    const command = [process.execPath, launcher, 'import', '-', '--json', ...product, ...flags]
    return here.start('sh', '-c', `${command.map((word) => `'${word}'`).join(' ')} < devices.csv`).ended
  }
  assert.match((await piped()).stderr, /--journal FILE/)
  assert.equal((await tallyOf(piped('--dry-run'))).accepted, 30)
  const flags = ['--journal', 'journal', '--batch', '10', '--endpoint', proxy.url]
  proxy.cut('before', 'BatchImportDevice', 1000)
  assert.equal((await piped(...flags)).status, 4)
  assert.equal((statSync(here.file('journal.input')).mode & 0o777).toString(8), '600')
  proxy.cut('before', 'BatchImportDevice', 0)
  writeFileSync(here.file('devices.csv'), 'of no use any more')
  assert.equal((await tallyOf(piped(...flags))).accepted, 30)
  assert.deepEqual(await stored(here, productKey), rowsIn(lamps(30)))
  assert.deepEqual(
    readdirSync(here.folder).filter((name) => name.startsWith('journal')),
    [],
  )
})

test('a journal of another import, a changed file and a second process are refused', async (t) => {
  const { here, url, product } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(30))
  const proxy = await cuttingProxy(t, url)
  proxy.cut('before', 'BatchImportDevice', 1000)
  const flags = [...product, '--endpoint', proxy.url, '--batch', '10']
  assert.equal((await here.run('import', 'devices.csv', ...flags)).status, 4)
  const refused = async (told: RegExp, ...more: string[]) => {
    const { status, stderr } = await here.run('import', 'devices.csv', ...flags, ...more)
    assert.equal(status, 2, stderr)
    assert.match(stderr, told)
  }
  await refused(/another batch \(10, not 20\)/, '--batch', '20')
  await refused(/another mode/, '--mode', 'skip-existing')
  writeFileSync(here.file('devices.csv'), lamps(31))
  await refused(/another size/)
  writeFileSync(here.file('devices.csv'), lamps(30).replace('s3cret-of-3,', 's3cret-of-4,'))
  await refused(/rows of devices.csv changed after the verification/)
  const release = lock(here.file('devices.csv.import.jsonl'))
  await refused(new RegExp(`process ${process.pid} is importing`))
  release()
})
