import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type Place, temporaryPlace } from '../support/process.ts'
import { call, goodDevices, send } from '../support/sign.ts'
import { credentialsOf } from './credentials.ts'
import { eventually } from './load.ts'

const openssl = spawnSync('openssl', ['version']).status === 0
const skip = openssl ? false : 'there is no openssl to make a certificate with'

async function certificate(here: Place, name: string): Promise<void> {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
  const subject = ['-subj', '/CN=rollcall', '-addext', 'subjectAltName=IP:127.0.0.1']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const { status, stderr } = await here.start('openssl', 'req', '-x509', ...kind, ...files, ...subject).ended
  assert.equal(status, 0, stderr)
}

async function placeWithCertificate(t: TestContext) {
  const here = temporaryPlace(t)
  await certificate(here, 'own')
  return { here, flags: ['--tls-cert', 'own.pem', '--tls-key', 'own.key'] }
}

test('with a certificate, calls are taken over HTTPS', { skip }, async (t) => {
  const { here, flags } = await placeWithCertificate(t)
  const { url } = await here.serve(...flags)
  assert.match(url, /^https:\/\/127\.0\.0\.1:\d+$/)
  const { id, secret, endpoint, productKey } = credentialsOf(here)
  assert.equal(endpoint, url)
  const ca = readFileSync(here.file('own.pem'), 'utf8')
  const parameters = { ProductKey: productKey, ...goodDevices(1000) }
  const { status, body } = await call(url, 'BatchCheckImportDevice', parameters, { id, secret, ca })
  assert.deepEqual([status, body.Success], [200, true])
  // A client that does not know the certificate sends nothing.
  await assert.rejects(send(url), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
})

test('the variables do the same as the flags', { skip }, async (t) => {
  const { here } = await placeWithCertificate(t)
  const files = { ROLLCALL_TLS_CERT: 'own.pem', ROLLCALL_TLS_KEY: 'own.key' }
  assert.match((await here.with(files).serve()).url, /^https:/)
})

test('a client without TLS is disconnected and disturbs no other', { skip }, async (t) => {
  const { here, flags } = await placeWithCertificate(t)
  const { url, process } = await here.serve(...flags)
  await assert.rejects(send(url.replace('https', 'http'), { method: 'GET', path: '/healthz' }))
  for (const bytes of ['', 'nonsense\r\n\r\n', '\x16\x03\x01', '\x16\x03\x01\x00\x05hello']) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => {}).end(Buffer.from(bytes, 'latin1'))
    await new Promise((resolve) => socket.resume().once('close', resolve))
  }
  const ca = readFileSync(here.file('own.pem'), 'utf8')
  assert.equal((await send(url, { method: 'GET', path: '/healthz', ca })).status, 200)
  const { status, stderr } = await process.stop()
  assert.deepEqual([status, stderr], [0, ''])
})

test('a certificate and key that don’t match or are invalid end the start with one line', {
  skip,
}, async (t) => {
  const { here } = await placeWithCertificate(t)
  await certificate(here, 'other')
  writeFileSync(here.file('text.pem'), 'this is no certificate')
  for (const [cert, key] of [
    ['own.pem', 'other.key'],
    ['text.pem', 'own.key'],
    ['own.pem', 'text.pem'],
    ['own.key', 'own.pem'],
  ] as const) {
    const ended = await here.run('serve', '--port', '0', '--tls-cert', cert, '--tls-key', key)
    assert.deepEqual([ended.status, ended.stdout], [1, ''])
    assert.match(ended.stderr, /^rollcall: [^\n]+\n$/)
    assert.match(ended.stderr, /tls-cert|tls-key/, ended.stderr)
  }
})

test('a generated certificate is kept, printed, and trusted by the snippet of the first start', async (t) => {
  const here = temporaryPlace(t)
  const first = await here.serve('--tls', 'self-signed')
  await first.process.until(/^JS$/m)
  const ca = readFileSync(here.file('data/tls.crt'), 'utf8')
  assert.equal(statSync(here.file('data/tls.key')).mode & 0o777, 0o600)
  const { stdout } = first.process
  assert.ok(stdout.includes(new X509Certificate(ca).fingerprint256))
  assert.ok(stdout.includes(`NODE_EXTRA_CA_CERTS=${here.file('data/tls.crt')}`))
  const byName = first.url.replace('127.0.0.1', 'localhost')
  for (const url of [first.url, byName]) {
    assert.equal((await send(url, { method: 'GET', path: '/healthz', ca })).status, 200)
  }
  const [snippet] = /^set -a;.*^JS$/ms.exec(stdout)!
  writeFileSync(here.file('snippet.sh'), snippet)
  const answered = await here.start('bash', 'snippet.sh').ended
  assert.equal(JSON.parse(answered.stdout).Success, true, answered.stderr)
  await first.process.stop()

  const second = await here.with({ ROLLCALL_TLS: 'self-signed' }).serve('--workers', '2')
  assert.equal((await send(second.url, { method: 'GET', path: '/healthz', ca })).status, 200)
})

test('of servers that start at once on an empty folder, all show one certificate', async (t) => {
  const here = temporaryPlace(t)
  const servers = await Promise.all([1, 2, 3].map(() => here.serve('--tls', 'self-signed')))
  const ca = readFileSync(here.file('data/tls.crt'), 'utf8')
  for (const { url } of servers) {
    assert.equal((await send(url, { method: 'GET', path: '/healthz', ca })).status, 200)
  }
})

test('for a store in memory the certificate is made in memory, and shown', async (t) => {
  const here = temporaryPlace(t)
  const key = ['--access-key-id', 'id', '--access-key-secret', 'secret']
  const { url, process } = await here.serve('--tls', 'self-signed', '--ephemeral', ...key)
  const [ca] = await process.until(/-----BEGIN CERTIFICATE-----.*-----END CERTIFICATE-----/s)
  assert.equal((await send(url, { method: 'GET', path: '/healthz', ca })).status, 200)
  assert.ok(!existsSync(here.file('data')))
})

for (const workers of ['1', '2']) {
  test(`SIGHUP reloads the certificate, with ${workers} worker(s)`, { skip }, async (t) => {
    const { here, flags } = await placeWithCertificate(t)
    const { url, process } = await here.serve(...flags, '--workers', workers)
    await certificate(here, 'next')
    const ca = readFileSync(here.file('next.pem'), 'utf8')
    for (const end of ['pem', 'key']) {
      writeFileSync(here.file(`own.${end}`), readFileSync(here.file(`next.${end}`)))
    }
    const health = () => send(url, { method: 'GET', path: '/healthz', ca }).then(({ status }) => status)
    await assert.rejects(health(), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    process.child.kill('SIGHUP')
    assert.equal(await eventually('the next one is shown', () => health().catch(() => undefined)), 200)
    assert.equal((await process.stop()).status, 0)
  })
}

test('SIGHUP with an invalid certificate keeps the present one and logs it', { skip }, async (t) => {
  const { here, flags } = await placeWithCertificate(t)
  const { url, process } = await here.serve(...flags)
  const ca = readFileSync(here.file('own.pem'), 'utf8')
  writeFileSync(here.file('own.pem'), 'this is no certificate')
  process.child.kill('SIGHUP')
  await eventually('it is told', () => process.stderr !== '')
  assert.match(process.stderr, /^rollcall: --tls-cert own\.pem .* don't fit: [^\n]+; all stays as it was\n$/)
  assert.equal((await send(url, { method: 'GET', path: '/healthz', ca })).status, 200)
})

test('a server that other machines reach without TLS warns, unless the operator has confirmed it', async (t) => {
  for (const [flags, warns] of [
    [['--host', '0.0.0.0'], true],
    [['--host', '0.0.0.0', '--plain-http'], false],
    [[], false],
  ] as const) {
    const { process } = await temporaryPlace(t).serve(...flags)
    const { stdout, stderr } = await process.stop()
    const pattern = /other machines reach this server without TLS.*--plain-http/
    assert.deepEqual([pattern.test(stdout), pattern.test(stderr)], [warns, warns], flags.join(' '))
  }
})
