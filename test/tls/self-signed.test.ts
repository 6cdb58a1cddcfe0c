import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { selfSigned } from '../../src/tls/self-signed.ts'
import { repeatableRandom, TestClock } from '../support/deterministic.ts'

const day = 24 * 60 * 60_000

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Makes the certificate as a start would, at the clock's time. */
const startIn = (folder: string | undefined, clock: TestClock, host = '127.0.0.1') =>
  selfSigned(folder, host, clock, repeatableRandom(String(clock.time)))

test('a certificate is valid for this machine’s names and the host, for 824 days', () => {
  const clock = new TestClock()
  const { cert, fingerprint } = startIn(undefined, clock, 'roll.example')
  const made = new X509Certificate(cert)
  for (const name of ['localhost', hostname(), 'roll.example']) assert.ok(made.checkHost(name), name)
  for (const address of ['127.0.0.1', '::1']) assert.ok(made.checkIP(address), address)
  assert.equal(made.checkHost('other.example'), undefined)
  assert.equal(made.validToDate.getTime(), clock.time + 824 * day)
  assert.ok(made.validFromDate.getTime() < clock.time)
  assert.equal(made.fingerprint256, fingerprint)
  // Who trusts it trusts this server, not whatever else its key might sign.
  assert.equal(made.ca, false)
})

test('an address that means every address is not a name', () => {
  const { cert } = startIn(undefined, new TestClock(), '0.0.0.0')
  assert.equal(new X509Certificate(cert).checkIP('0.0.0.0'), undefined)
})

test('in a folder it is made once, its key for the owner alone', (t) => {
  const folder = temporaryFolder(t)
  const clock = new TestClock()
  const first = startIn(folder, clock)
  assert.equal(first.file, join(folder, 'tls.crt'))
  assert.equal(readFileSync(first.file, 'utf8'), first.cert)
  assert.equal(statSync(join(folder, 'tls.key')).mode & 0o777, 0o600)
  clock.advance(700 * day)
  assert.deepEqual(startIn(folder, clock), first)
})

for (const [what, change] of [
  ['is about to expire', (_: string, clock: TestClock) => clock.advance(795 * day)],
  ['is no certificate', (file: string) => writeFileSync(file, 'spoiled')],
  ['is another key’s', (file: string) => writeFileSync(file, startIn(undefined, new TestClock()).cert)],
] as const) {
  test(`one that ${what} is replaced, and the key stays`, (t) => {
    const folder = temporaryFolder(t)
    const clock = new TestClock()
    const first = startIn(folder, clock)
    change(first.file!, clock)
    clock.advance(day)
    const second = startIn(folder, clock)
    assert.notEqual(second.fingerprint, first.fingerprint)
    assert.equal(second.key, first.key)
    assert.deepEqual(startIn(folder, clock), second)
  })
}

test('one that lacks the host is replaced', (t) => {
  const folder = temporaryFolder(t)
  const clock = new TestClock()
  startIn(folder, clock)
  clock.advance(day)
  const { cert } = startIn(folder, clock, '127.0.0.2')
  assert.ok(new X509Certificate(cert).checkIP('127.0.0.2'))
})

test('an invalid key is reported with its file, and stays unchanged', (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'tls.key'), 'precious')
  assert.throws(() => startIn(folder, new TestClock()), /tls\.key is no P-256 or RSA key \(PEM\)/)
  assert.equal(readFileSync(join(folder, 'tls.key'), 'utf8'), 'precious')
})

test('a key is P-256, and openssl finds nothing wrong with the certificate', (t) => {
  const folder = temporaryFolder(t)
  const { cert, key, file } = startIn(folder, new TestClock(), '2001:db8::1')
  assert.equal(createPrivateKey(key).asymmetricKeyDetails?.namedCurve, 'prime256v1')
  const made = new X509Certificate(cert)
  assert.ok(made.verify(made.publicKey))
  for (const address of ['127.0.0.1', '::1', '2001:db8::1']) assert.ok(made.checkIP(address), address)
  assert.equal(made.checkIP('2001:db8::2'), undefined)
  assert.deepEqual(made.keyUsage, ['1.3.6.1.5.5.7.3.1'])
  assert.match(made.subject, /^CN=rollcall$/)
  const { status, stdout } = spawnSync('openssl', ['x509', '-in', file!, '-noout', '-text'], {
    encoding: 'utf8',
  })
  // Not every machine has it.
  if (status !== null) assert.match(stdout, /ecdsa-with-SHA256[\s\S]*Digital Signature\n/)
})

test('an RSA key of a former version serves until its certificate expires', (t) => {
  const folder = temporaryFolder(t)
  const clock = new TestClock()
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  })
  writeFileSync(join(folder, 'tls.key'), rsa)
  const first = startIn(folder, clock)
  assert.equal(first.key, rsa)
  const made = new X509Certificate(first.cert)
  assert.ok(made.verify(made.publicKey))
  // Another host is another certificate of the same key.
  assert.equal(startIn(folder, clock, '127.0.0.2').key, rsa)
  clock.advance(800 * day)
  const next = startIn(folder, clock)
  assert.equal(createPrivateKey(next.key).asymmetricKeyType, 'ec')
  assert.deepEqual(startIn(folder, clock), next)
})
