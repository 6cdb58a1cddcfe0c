import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { type Cut, cuttingProxy } from '../support/cutting-proxy.ts'
import { launcher, type Place, temporaryPlace } from '../support/process.ts'
import { call, goodDevices } from '../support/sign.ts'
import { lamps, served, tallyOf } from './served.ts'

const check = (here: Place, file: string, ...flags: string[]) =>
  tallyOf(here.run('check', file, '--json', ...flags))

test('reports errors of the file and of the endpoint, and the corrected report is a valid input', async (t) => {
  const { here, url, productKey, key, product } = await served(t)
  const taken = { ProductKey: productKey, ...goodDevices(2) }
  assert.equal((await call(url, 'BatchImportDevice', taken, key)).body.Success, true)
  const [first] = Object.entries(taken).filter(([name]) => name === 'DeviceList.1.DeviceName')
  writeFileSync(
    here.file('devices.csv'),
    `设备名称;备注;密钥;Sn\nlamp-1;路灯;s3cret;\n${first![1]};;s3cret;QC1\nlamp-2;;s3cret;\nlamp%;;^67$;Q 1\nlamp-1;"a;b";s3cret;\n`,
  )
  const flags = [...product, '--batch', '2', '--report', 'bad.csv', '--summary']
  assert.deepEqual(
    (({ status, rows, accepted, rejected, reasons }) => [status, rows, accepted, rejected, reasons])(
      await check(here, 'devices.csv', ...flags),
    ),
    [
      1,
      5,
      2,
      3,
      {
        ExistingDeviceName: 1,
        InvalidDeviceName: 1,
        InvalidDeviceSecret: 1,
        InvalidSn: 1,
        RepeatedDeviceName: 1,
      },
    ],
  )
  const report = readFileSync(here.file('bad.csv'), 'utf8')
  assert.equal(
    report,
    `设备名称,备注,密钥,Sn,line,field,code,reason
${first![1]},,s3cret,QC1,3,DeviceName,ExistingDeviceName,The device name already exists.
lamp%,,^67$,Q 1,5,DeviceName | DeviceSecret | Sn,InvalidDeviceName | InvalidDeviceSecret | InvalidSn,ends with % | begins with ^ | contains a space at place 2
lamp-1,a;b,s3cret,,6,DeviceName,RepeatedDeviceName,repeats line 2
`,
  )

  writeFileSync(
    here.file('mended.csv'),
    report.replace(first![1], 'lamp-3').replace('lamp%,,^67$,Q 1', 'lamp-4,,67,Q1'),
  )
  const again = await check(here, 'mended.csv', ...product, '--report', 'none.csv')
  assert.deepEqual([again.status, again.accepted], [0, 3])
  assert.equal(readFileSync(here.file('none.csv'), 'utf8'), '设备名称,备注,密钥,Sn,line,field,code,reason\n')
})

test('--offline calls no endpoint, reads standard input, and prints no secret', async (t) => {
  const here = temporaryPlace(t)
  writeFileSync(here.file('devices'), `${lamps(3)}lamp-1,s3cret,\nla,^secret$,\n`)
  const { status, stdout, stderr } = await here.start(
    'sh',
    '-c',
    `'${process.execPath}' '${launcher}' check --offline - < devices`,
  ).ended
  assert.equal(status, 1)
  assert.match(stdout, /^5 rows: 3 accepted, 2 rejected, 0 skipped/)
  assert.match(
    stderr,
    /with a header, name from "name".*\nline 5: "lamp-1": DeviceName repeats line 3\nline 6: "la": DeviceName 2 characters, at least 4 \| /,
  )
  assert.doesNotMatch(stdout + stderr, /s3cret|\^secret/)
})

test('a terminal has a bar, which is gone at the end', async (t) => {
  if (spawnSync('script', ['--version']).status !== 0) return t.skip('there is no program named script')
  const here = temporaryPlace(t)
  writeFileSync(here.file('devices.csv'), `${lamps(40_000)}la,b,\n`)
  const command = `${process.execPath} ${launcher} check devices.csv --offline`
  const { stdout, status } = await here.start('script', '-qec', command, '/dev/null').ended
  assert.equal(status, 1)
  assert.match(stdout, /check .*%, .* left, [0-9,]+ rows, [0-9,]+ a second, [0-9,]+ bad/)
  assert.match(stdout, /\n?.*40,001 rows: 40,000 accepted, 1 rejected, 0 skipped/)
})

test('a report is not written over its own input', async (t) => {
  const here = temporaryPlace(t)
  writeFileSync(here.file('devices.csv'), `${lamps(1)}la,b,\n`)
  const { status } = await here.run('check', 'devices.csv', '--offline', '--report', './devices.csv')
  assert.equal(status, 2)
  assert.equal(readFileSync(here.file('devices.csv'), 'utf8'), `${lamps(1)}la,b,\n`)
  assert.deepEqual(readdirSync(here.folder), ['devices.csv'])
})

suite('exit status', () => {
  test('2: the request is impossible', async (t) => {
    const { here: beside, product } = await served(t)
    const here = beside.with({ ROLLCALL_DATA: 'none' })
    writeFileSync(here.file('devices.csv'), lamps(1))
    for (const [flags, told] of [
      [['devices.csv'], /--product PRODUCTKEY/],
      [['devices.csv', '--product', 'none'], /iot\.prod\.NotExistedProduct/],
      [['none.csv', ...product], /none\.csv: the file does not exist/],
      [['devices.csv', ...product, '--map', 'name=Nom'], /"Nom"/],
      [['devices.csv', ...product, '--endpoint', 'ftp://a'], /ftp/],
    ] as const) {
      const { status, stderr, stdout } = await here.run('check', ...flags)
      assert.deepEqual([status, stdout], [2, ''], stderr)
      assert.match(stderr, told)
    }
  })

  test('2: an access key has a character that no eye sees, or the scheme is not the server’s', async (t) => {
    const { here, product, key, url } = await served(t)
    writeFileSync(here.file('devices.csv'), lamps(1))
    const { host } = new URL(url)
    for (const [place, told] of [
      [
        here.with({ ALIBABA_CLOUD_ACCESS_KEY_SECRET: `${key.secret}\n` }),
        /the AccessKeySecret ends with a line feed;/,
      ],
      [
        here.with({ ROLLCALL_ENDPOINT: host }),
        new RegExp(`^.*${host} speaks plain HTTP there: http://${host}$`, 'm'),
      ],
    ] as const) {
      const { status, stderr } = await place.run('import', 'devices.csv', ...product)
      assert.equal(status, 2, stderr)
      assert.match(stderr, told)
      assert.ok(!stderr.includes(key.secret))
    }
  })

  test('2: giving the same command again can’t help', async (t) => {
    const { here } = await served(t)
    writeFileSync(here.file('devices.csv'), lamps(1))
    writeFileSync(here.file('header.csv'), 'name,secret\n')
    writeFileSync(here.file('two.csv'), 'Username,Password,Secret\nlamp-1,s3cret-1,s3cret-2\n')
    for (const [flags, told] of [
      [['import', 'devices.csv', '--product', 'none', '--no-check'], /iot\.prod\.NotExistedProduct/],
      [['check', 'header.csv', '--offline'], /the file has a header and no rows/],
      [['check', 'two.csv', '--offline'], /--map secret=Password or --map secret=Secret/],
      [['check', 'devices.csv', '--offline', '--allow', 'all'], /damaged-numbers, placeholders/],
    ] as const) {
      const { status, stderr, stdout } = await here.run(...flags)
      assert.deepEqual([status, stdout], [2, ''], stderr)
      assert.match(stderr, told)
      assert.doesNotMatch(stderr, /s3cret/)
    }
  })

  test('no cell of a row with a wrong number of cells is printed, because it may be the secret', async (t) => {
    const here = temporaryPlace(t)
    writeFileSync(here.file('devices.csv'), 'Place,name,secret\nlamp-1,s3cret\nhere,la,s3cret\n')
    const { status, stdout, stderr } = await here.run('check', 'devices.csv', '--offline')
    assert.equal(status, 1)
    assert.match(stderr, /^line 2: 2 cells, the header has 3\nline 3: "la": DeviceName 2 characters/m)
    assert.doesNotMatch(stdout + stderr, /s3cret/)
  })

  test('3: the endpoint can’t be reached, or does not believe the caller', async (t) => {
    const { here: beside, product, key } = await served(t)
    const here = beside.with({ ROLLCALL_DATA: 'none' })
    writeFileSync(here.file('devices.csv'), lamps(1))
    for (const [place, told] of [
      [here.with({ ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'an0ther' }), /SignatureDoesNotMatch/],
      [here.with({ ALIBABA_CLOUD_ACCESS_KEY_ID: 'nobody' }), /InvalidAccessKeyId\.NotFound/],
      [here.with({ ALIBABA_CLOUD_ACCESS_KEY_ID: '' }), /no access key: set ALIBABA_CLOUD_ACCESS_KEY_ID/],
      [here.with({ ROLLCALL_ENDPOINT: 'http://127.0.0.1:1' }), /could not reach 127\.0\.0\.1:1/],
    ] as const) {
      const { status, stderr } = await place.run('check', 'devices.csv', ...product)
      assert.equal(status, 3, stderr)
      assert.match(stderr, told)
      assert.ok(!stderr.includes('an0ther') && !stderr.includes(key.secret))
    }
  })
})

test('a throttled call is retried', async (t) => {
  const { here, product } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(230))
  // 230 calls, where 100 are allowed in a second.
  const { status, accepted, seconds } = await check(here, 'devices.csv', ...product, '--batch', '1')
  assert.deepEqual([status, accepted], [0, 230])
  assert.ok(seconds > 1, String(seconds))
})

test('an endpoint with a smaller limit receives smaller calls', async (t) => {
  const { here, product } = await served(t, '--body-bytes', '20000')
  writeFileSync(here.file('devices.csv'), lamps(2000))
  const { status, accepted } = await check(here, 'devices.csv', ...product)
  assert.deepEqual([status, accepted], [0, 2000])
})

for (const how of ['before', 'after'] as Cut[]) {
  test(`connections that end ${how} the server has the call change nothing`, async (t) => {
    const { here, url, product } = await served(t)
    writeFileSync(here.file('devices.csv'), `${lamps(50)}lamp%,a,\n`)
    const proxy = await cuttingProxy(t, url)
    proxy.cut(how, 'BatchCheckImportDevice', 3)
    const flags = ['--endpoint', proxy.url, ...product, '--batch', '10']
    const { status, accepted, rejected } = await check(here, 'devices.csv', ...flags)
    assert.deepEqual([status, accepted, rejected, proxy.left], [1, 50, 1, 0])
  })
}
