import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type Place, temporaryPlace } from '../support/process.ts'
import { call, goodDevices, send } from '../support/sign.ts'
import { credentialsOf } from './credentials.ts'

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

test('whoever does not speak TLS is hung up on, and harms nobody', { skip }, async (t) => {
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

test('a pair that does not fit, or is none, ends the start with a line', { skip }, async (t) => {
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
