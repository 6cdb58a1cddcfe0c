import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { lamps, served, tallyOf } from './served.ts'

test('devices are listed, shown and exported, and what was exported is an input', async (t) => {
  const { here, product, productKey } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(120))
  await tallyOf(here.run('import', 'devices.csv', '--json', ...product))

  const listed = await here.rows('devices', 'list', ...product, '--limit', '70')
  assert.equal(listed.length, 70)
  assert.equal(new Set(listed.map(({ DeviceName }) => DeviceName)).size, 70)

  const shown = await here.run('devices', 'show', 'lamp-7', ...product)
  assert.match(shown.stdout, /^DeviceName +lamp-7$/m)
  assert.doesNotMatch(shown.stdout, /s3cret/)
  const [known] = await here.rows('devices', 'show', 'lamp-7', ...product)
  assert.equal(known!.DeviceSecret, 's3cret-of-7')
  const unknown = await here.run('devices', 'show', 'none', ...product)
  assert.equal(unknown.status, 2)
  assert.match(unknown.stderr, /iot\.device\.NotExistedDevice/)

  assert.equal((await here.run('devices', 'export', 'out.csv', ...product)).status, 0)
  const again = await here.run('devices', 'export', 'out.csv', ...product)
  assert.match(again.stderr, /--replace/)
  const { accepted, rows } = await tallyOf(here.run('check', 'out.csv', '--offline', '--json'))
  assert.deepEqual([accepted, rows], [120, 120])
  const lines = (await here.run('devices', 'export', ...product, '--format', 'jsonl', '--without-secrets'))
    .stdout
  assert.equal(lines.split('\n').length, 121)
  assert.doesNotMatch(lines, /s3cret/)

  const products = await here.rows('products')
  assert.deepEqual(
    products.map(({ ProductKey, DeviceCount }) => [ProductKey, Number(DeviceCount)]),
    [[productKey, 120]],
  )
})

test('what was imported is exported whole, in every format, and imported again', async (t) => {
  const { here, product, productKey } = await served(t)
  const devices = Array.from(
    { length: 130 },
    (_, i) => `lamp-${i},-s3cret.${i},${i % 3 === 0 ? `00${i}` : ''}`,
  )
  writeFileSync(here.file('devices.csv'), `DeviceName,DeviceSecret,Sn\n${devices.join('\n')}\n`)
  await tallyOf(here.run('import', 'devices.csv', '--json', ...product))
  assert.match((await here.run('devices', 'show', 'lamp-9', ...product)).stdout, /^Sn +009$/m)
  assert.doesNotMatch((await here.run('devices', 'show', 'lamp-1', ...product)).stdout, /^Sn /m)
  const digest = async (key: string) => {
    const { stdout } = await here.run('devices', 'export', '--product', key)
    return stdout
      .split('\n')
      .map((line) => line.split(',').slice(0, 3).join())
      .sort()
  }
  const before = await digest(productKey)
  assert.deepEqual(
    before.filter((line) => line.startsWith('lamp')),
    devices.toSorted(),
  )
  for (const format of ['csv', 'jsonl', 'xlsx']) {
    const file = `out.${format}`
    assert.equal((await here.run('devices', 'export', file, ...product)).status, 0)
    const made = await here.run(
      'call',
      'CreateProduct',
      `ProductName=again-${format}`,
      'NodeType=0',
      'AuthType=one-party',
    )
    const key = JSON.parse(made.stdout).Data.ProductKey
    const { accepted } = await tallyOf(here.run('import', file, '--json', '--product', key))
    assert.equal(accepted, 130, format)
    assert.deepEqual(await digest(key), before, format)
  }
})

suite('call', () => {
  test('calls any operation that is declared, and prints the answer', async (t) => {
    const { here, productKey } = await served(t)
    const flat = [
      `ProductKey=${productKey}`,
      'DeviceList.1.DeviceName=lamp-1',
      'DeviceList.1.DeviceSecret=^67$',
    ]
    for (const signature of ['v1', 'v3']) {
      const { status, stdout } = await here.run(
        'call',
        'BatchCheckImportDevice',
        ...flat,
        '--signature',
        signature,
      )
      assert.equal(status, 0)
      assert.deepEqual(JSON.parse(stdout).Data.InvalidDeviceSecretList, ['^67$'])
    }
    const refused = await here.run('call', 'QueryProduct', 'ProductKey=none')
    assert.equal(refused.status, 1)
    assert.equal(JSON.parse(refused.stdout).Code, 'iot.prod.NotExistedProduct')
    const stranger = here.with({ ALIBABA_CLOUD_ACCESS_KEY_ID: 'nobody' })
    assert.equal((await stranger.run('call', 'QueryProduct', 'ProductKey=none')).status, 3)
  })

  test('--debug shows what is signed, as the server computes it', async (t) => {
    const { here, productKey, key } = await served(t)
    const v1 = await here.run(
      'call',
      'QueryProduct',
      `ProductKey=${productKey}`,
      '--debug',
      '--signature',
      'v1',
    )
    assert.match(v1.stderr, /^POST&%2F&AccessKeyId%3D/m)
    const v3 = await here.run('call', 'QueryProduct', `ProductKey=${productKey}`, '--debug')
    const canonical = v3.stderr.slice(v3.stderr.indexOf('POST\n'), v3.stderr.indexOf('\n\nACS3-'))
    const hash = createHash('sha256').update(canonical).digest('hex')
    assert.ok(v3.stderr.includes(`ACS3-HMAC-SHA256\n${hash}`))
    const signature = createHmac('sha256', key.secret).update(`ACS3-HMAC-SHA256\n${hash}`).digest('hex')
    assert.ok(!v3.stderr.includes(signature) && !v3.stderr.includes(key.secret))
  })

  test('refuses what the declaration does not have', async (t) => {
    const { here } = await served(t)
    for (const [args, told] of [
      [['QueryProduct'], /needs ProductKey/],
      [['QueryProduct', 'ProductKey=a', 'Colour=red'], /no parameter "Colour"/],
      [
        ['QueryProductList', 'CurrentPage=one', 'PageSize=10'],
        /CurrentPage is "one"; it must be a whole number/,
      ],
      [['QueryProducts'], /Did you mean QueryProduct/],
      [['QueryProduct', 'ProductKey'], /Name=Value/],
    ] as const) {
      const { status, stderr } = await here.run('call', ...args)
      assert.equal(status, 2)
      assert.match(stderr, told)
    }
  })

  test('--help is the declaration', async (t) => {
    const { here } = await served(t)
    const { stdout } = await here.run('call', 'BatchImportDevice', '--help')
    assert.match(stdout, /DeviceList\.N\.DeviceName +String, required/)
    assert.match(stdout, /iot\.device\.ApplyManyDevicesFailed/)
    const names = JSON.parse(readFileSync('docs/reference/catalogue.json', 'utf8')) as { name: string }[]
    const all = (await here.run('call', '--help')).stdout
    for (const { name } of names) assert.ok(all.includes(name), name)
  })
})

test('the access key comes from the profile files if there is no other', async (t) => {
  const { here, key } = await served(t)
  const bare = here.with({
    ALIBABA_CLOUD_ACCESS_KEY_ID: '',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: '',
    ROLLCALL_DATA: 'none',
  })
  const status = async (...flags: string[]) => (await bare.run('products', ...flags)).status
  assert.equal(await status(), 3)
  mkdirSync(here.file('.alibabacloud'))
  writeFileSync(
    here.file('.alibabacloud/credentials'),
    `[other]\ntype = access_key\naccess_key_id = nobody\naccess_key_secret = n0thing\n[default]\ntype = access_key\naccess_key_id = ${key.id}\naccess_key_secret = ${key.secret}\n`,
  )
  assert.equal(await status(), 0)
  assert.equal(await status('--profile', 'other'), 3)
  mkdirSync(here.file('.aliyun'))
  const profile = { name: 'cloud', mode: 'AK', access_key_id: 'nobody', access_key_secret: 'n0thing' }
  writeFileSync(here.file('.aliyun/config.json'), JSON.stringify({ current: 'cloud', profiles: [profile] }))
  assert.equal(await status(), 3)
  assert.equal(await status('--profile', 'default'), 0)
  writeFileSync(here.file('secret'), `${key.secret}\n`)
  assert.equal(await status('--access-key-id', key.id, '--access-key-secret-file', 'secret'), 0)
  const { status: without, stderr } = await bare.run('products', '--profile', 'none')
  assert.equal(without, 3)
  assert.doesNotMatch(stderr, /n0thing/)
})
