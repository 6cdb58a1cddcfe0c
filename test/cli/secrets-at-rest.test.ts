import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { temporaryPlace } from '../support/process.ts'
import { call } from '../support/sign.ts'
import { credentialsOf } from './credentials.ts'

const ownSecret = () => randomBytes(12).toString('hex')

test('no file of the data folder contains a secret, except the first one in credentials.env', async (t) => {
  const here = temporaryPlace(t)
  const { url, process } = await here.serve('--log-level', 'debug')
  const first = credentialsOf(here)
  const masterKey = readFileSync(here.file('data/master.key'), 'utf8').trim()
  const [made] = await here.rows('access-key', 'create')
  const deviceSecrets = [ownSecret(), ownSecret(), ownSecret()]
  const ask = async (action: string, parameters: Readonly<Record<string, string>>) => {
    const { body } = await call(url, action, { ProductKey: first.productKey, ...parameters }, first)
    return body
  }
  const list = deviceSecrets.flatMap((secret, i) => [
    [`DeviceList.${i + 1}.DeviceName`, `known-name-${i}`],
    [`DeviceList.${i + 1}.DeviceSecret`, secret],
  ])
  assert.equal((await ask('BatchCheckImportDevice', Object.fromEntries(list))).Success, true)
  assert.equal((await ask('BatchImportDevice', Object.fromEntries(list))).Success, true)
  const single = ownSecret()
  assert.equal((await ask('ImportDevice', { DeviceName: 'single-name', DeviceSecret: single })).Success, true)
  // A secret that is refused is echoed to its caller, and kept nowhere.
  const refused = `%${ownSecret()}`
  const bad = { 'DeviceList.1.DeviceName': 'known-name-9', 'DeviceList.1.DeviceSecret': refused }
  assert.deepEqual((await ask('BatchCheckImportDevice', bad)).Data.InvalidDeviceSecretList, [refused])
  const { ProductSecret } = (await ask('CreateProduct', { ProductName: 'Lamps', NodeType: '0' })).Data

  const secrets = [first.secret, made!.AccessKeySecret!, ...deviceSecrets, single, refused, ProductSecret]
  const search = () => {
    const files = readdirSync(here.file('data'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(here.file('data'), join(parentPath, name)))
    const found: string[] = []
    for (const file of files) {
      const bytes = readFileSync(here.file(`data/${file}`))
      for (const secret of secrets) if (bytes.includes(secret)) found.push(`${file}: ${secret}`)
      const isKey = bytes.includes(Buffer.from(masterKey, 'hex')) || bytes.includes(masterKey)
      if (isKey && file !== 'master.key') found.push(`${file}: the master key`)
    }
    return { files, found }
  }

  // While the server runs, its newest writes lie in the -wal files; afterwards they are in the databases.
  const running = search()
  assert.ok(running.files.includes('roll.db-wal') && running.files.includes('gate.db-wal'))
  assert.deepEqual(running.found, [`credentials.env: ${first.secret}`])
  // That the search finds what is there: a name is no secret.
  assert.ok(readFileSync(here.file('data/roll.db-wal')).includes('known-name-1'))

  const { stdout, stderr } = await process.stop()
  const stopped = search()
  assert.deepEqual(stopped.found, [`credentials.env: ${first.secret}`])
  assert.ok(readFileSync(here.file('data/roll.db')).includes('known-name-1'))
  for (const secret of secrets) assert.ok(!stdout.includes(secret) && !stderr.includes(secret), 'in the log')
})
