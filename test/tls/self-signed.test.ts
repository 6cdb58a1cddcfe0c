import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
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

test('a certificate holds for this machine’s names and for the host, and for 824 days', () => {
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

test('a key that is none is told with its file, and left as it is', (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'tls.key'), 'precious')
  assert.throws(() => startIn(folder, new TestClock()), /tls\.key is no RSA key \(PEM\)/)
  assert.equal(readFileSync(join(folder, 'tls.key'), 'utf8'), 'precious')
})
