import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { plainHost } from '../../src/storage/postgres/address.ts'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { Unavailable } from '../../src/storage/storage.ts'
import { issue } from '../../src/tls/issue.ts'
import { repeatableRandom, TestClock } from '../support/deterministic.ts'
import { onPostgres } from '../support/nodes.ts'
import { freshDatabase, privateServer } from '../support/postgres.ts'
import { unprivilegedAccount } from '../support/postgres-binaries.ts'
import { temporaryPlace } from '../support/process.ts'

const clock = new TestClock()

/** Opens a store and returns whether its connections are encrypted, or why it can't be opened. */
async function opening(url: string, look: string): Promise<boolean | string> {
  try {
    const storage = await openPostgres(url, clock, { connections: 3, testClock: true })
    const [row] = await onPostgres(
      look,
      `SELECT bool_and(ssl) AS ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
       WHERE application_name = 'rollcall' AND datname = current_database()`,
    )
    await storage.close()
    return row!.ssl as boolean
  } catch (error) {
    return (error as Error).message
  }
}

test('sslmode of the database URL: what is encrypted, verified and refused', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const [certFile, keyFile] = [join(folder, 'server.crt'), join(folder, 'server.key')]
  writeFileSync(keyFile, key, { mode: 0o600 })
  writeFileSync(certFile, issue(key, ['localhost'], Date.now(), repeatableRandom()))
  const account = unprivilegedAccount()
  if (account) for (const path of [folder, keyFile]) chownSync(path, account.uid, account.gid)
  const settings = { ssl: 'on', ssl_cert_file: certFile, ssl_key_file: keyFile }
  const server = await privateServer(t, { settings })

  const named = server.url().replace('127.0.0.1', 'localhost')
  for (const [url, query, expected] of [
    [named, `sslmode=verify-full&sslrootcert=${certFile}`, true],
    [named, `sslmode=require&sslrootcert=${certFile}`, true],
    [named, 'sslmode=no-verify', true],
    [named, 'sslmode=disable', false],
    [named, '', false],
    [named, 'sslmode=verify-full', /self-signed certificate.*sslrootcert=/],
    [named, 'sslmode=require', /self-signed certificate/],
    [named, 'sslmode=prefer', /self-signed certificate/],
    [named, `uselibpqcompat=true&sslmode=require`, true],
    [
      server.url(),
      `sslmode=verify-full&sslrootcert=${certFile}`,
      /does not match certificate.*a name for which/,
    ],
    [named, 'sslmode=verify_full', /sslmode of --database must be one of .*, not verify_full/],
  ] as const) {
    const outcome = await opening(`${url}?${query}`, server.url())
    if (typeof expected === 'boolean') assert.equal(outcome, expected, query)
    else assert.match(String(outcome), expected, query)
  }
})

test('a server without TLS is refused if TLS is required', async (t) => {
  const url = await freshDatabase(t)
  await assert.rejects(
    openPostgres(`${url}?sslmode=verify-full`, clock),
    (error: Error) =>
      error instanceof Unavailable && /does not support SSL.*sslmode=disable/.test(error.message),
  )
})

test('an unencrypted connection to another machine is reported unless the operator chose it', async (t) => {
  for (const [url, host] of [
    ['postgres://u:p@db.example/r', 'db.example'],
    ['postgres://u:p@10.0.0.5:5432/r?application_name=x', '10.0.0.5'],
    ['postgres://u:p@db.example/r?sslmode=verify-full', undefined],
    ['postgres://u:p@db.example/r?sslmode=require', undefined],
    ['postgres://u:p@db.example/r?ssl=true', undefined],
    ['postgres://u:p@db.example/r?sslmode=disable', undefined],
    ['postgres://u:p@127.0.0.1/r', undefined],
    ['postgres://u:p@localhost/r', undefined],
    ['postgres://u:p@[::1]/r', undefined],
    ['postgres:///r?host=/var/run/postgresql', undefined],
  ] as const)
    assert.equal(plainHost(url), host, url)
  // A name that leads nowhere: the warning comes first.
  const { stderr } = await temporaryPlace(t)
    .with({ ROLLCALL_DATABASE: 'postgres://u:secret@db.invalid/r' })
    .run('serve', '--port', '0')
  assert.match(stderr, /"host":"db\.invalid".*not encrypted.*sslmode=verify-full/)
  assert.ok(!stderr.includes('secret'))
})
