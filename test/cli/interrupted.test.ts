import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Lifetime, launcher, temporaryPlace } from '../support/process.ts'
import { lamps } from './served.ts'

/** An endpoint that finds all good, but puts one operation off for minutes. */
async function throttling(t: Lifetime, operation: string) {
  let calls = 0
  const server = createServer((request, response) => {
    if (request.headers['x-acs-action'] !== operation)
      return response.end(JSON.stringify({ RequestId: 'r', Success: true, Data: {} }))
    calls++
    response.writeHead(429, { 'x-acs-retry-after': '100000' })
    response.end(JSON.stringify({ RequestId: 'r', Code: 'Throttling.User', Message: 'later' }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const here = temporaryPlace(t).with({
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'id',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret',
    ROLLCALL_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })
  return { here, calls: () => calls }
}

suite('a signal while the endpoint puts calls off ends', () => {
  for (const [command, ...flags] of [['check'], ['import'], ['import', '--dry-run']] as const)
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      test(`${[command, ...flags].join(' ')} at once by ${signal}, and nothing is left behind`, async (t) => {
        const { here, calls } = await throttling(t, 'BatchCheckImportDevice')
        writeFileSync(here.file('devices.csv'), `${lamps(40)}la,s3cret,\n`)
        const all = [
          command,
          'devices.csv',
          '--product',
          'p',
          '--batch',
          '10',
          '--report',
          'bad.csv',
          ...flags,
        ]
        const started = here.start(process.execPath, launcher, ...all)
        while (calls() === 0 && started.child.exitCode === null) await delay(5)
        const begun = performance.now()
        const { status, stderr } = await started.stop(signal)
        assert.equal(status, 4, stderr)
        assert.match(stderr, /interrupted/)
        assert.ok(performance.now() - begun < 5000)
        assert.deepEqual(readdirSync(here.folder), ['devices.csv'])
      })

  test('an import of standard input, and what was kept of it is gone', async (t) => {
    const { here, calls } = await throttling(t, 'BatchCheckImportDevice')
    writeFileSync(here.file('devices.csv'), lamps(40))
    const command = `exec '${process.execPath}' '${launcher}' import - --product p --journal journal < devices.csv`
    const started = here.start('sh', '-c', command)
    while (calls() === 0 && started.child.exitCode === null) await delay(5)
    assert.equal((await started.stop('SIGTERM')).status, 4)
    assert.deepEqual(readdirSync(here.folder), ['devices.csv'])
  })

  test('a started import, which resumes later', async (t) => {
    const { here, calls } = await throttling(t, 'BatchImportDevice')
    writeFileSync(here.file('devices.csv'), lamps(40))
    const flags = ['--product', 'p', '--batch', '10']
    const started = here.start(process.execPath, launcher, 'import', 'devices.csv', ...flags)
    while (calls() === 0 && started.child.exitCode === null) await delay(5)
    const { status, stderr } = await started.stop('SIGINT')
    assert.equal(status, 4, stderr)
    assert.match(stderr, /the same command to resume/)
    assert.deepEqual(readdirSync(here.folder).sort(), ['devices.csv', 'devices.csv.import.jsonl'])
    assert.match(readFileSync(here.file('devices.csv.import.jsonl'), 'utf8'), /"sent"/)
  })
})

test('a signal ends a command that waits for standard input', async (t) => {
  const here = temporaryPlace(t)
  const quoted = `'${process.execPath}' '${launcher}' check --offline - --report bad.csv`
  const command = `(echo name,secret; yes la,s3cret | head -n 20000; echo begun >&2; exec sleep 60) | ${quoted}`
  const started = here.start('bash', '-c', `trap '' INT; ${command}`)
  const pid = async () => {
    for (;;) {
      const [part] = readdirSync(here.folder)
      const [, found] = /^bad\.csv\.(\d+)\.part$/.exec(part ?? '') ?? []
      if (found !== undefined) return Number(found)
      assert.equal(started.child.exitCode, null, started.stderr)
      await delay(5)
    }
  }
  process.kill(await pid(), 'SIGTERM')
  while (readdirSync(here.folder).length > 0) await delay(5)
})
