import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { launcher, type Process } from '../support/process.ts'
import { served } from './served.ts'

/** Waits until a process has told its user something. */
async function told(process: Process, words: string): Promise<void> {
  while (!process.stderr.includes(words)) {
    assert.equal(process.child.exitCode, null, process.stderr)
    await delay(20)
  }
}

test('a device is watched, followed, acted as and sent to', async (t) => {
  const { here, product, server } = await served(t)
  const [, mqtt] = await server.until(/^devices connect to (\S+)$/m)
  writeFileSync(here.file('devices.csv'), 'DeviceName,DeviceSecret\nlamp-1,s3cret-of-1\n')
  assert.equal((await here.run('import', 'devices.csv', ...product)).status, 0)
  const connect = [process.execPath, launcher, 'devices', 'connect', 'lamp-1', '--mqtt', mqtt!, ...product]

  const nobody = await here.run('devices', 'connect', 'lamp-9', '--mqtt', mqtt!, ...product)
  assert.equal(nobody.status, 2)
  assert.match(nobody.stderr, /NotExistedDevice/)
  assert.match((await here.run('messages', ...product)).stderr, /--follow/)

  const watch = here.start(process.execPath, launcher, 'devices', 'watch', ...product)
  const both = here.start(process.execPath, launcher, 'devices', 'watch', '--direction', 'all', ...product)
  const follow = here.start(process.execPath, launcher, 'messages', '--follow', ...product)
  await Promise.all([
    told(both, 'waiting for messages'),
    told(watch, 'waiting for messages'),
    told(follow, 'waiting for messages'),
  ])
  const device = here.start('sh', '-c', 'echo hello | "$@"', 'sh', ...connect)
  await told(device, 'connected as lamp-1')
  await watch.until(/^\S+Z lamp-1 \/\S+\/lamp-1\/user\/update hello$/m)
  const [line] = await follow.until(/^\{.*\}$/m)
  const { deviceName, payload } = JSON.parse(line)
  assert.deepEqual([deviceName, Buffer.from(payload, 'base64').toString()], ['lamp-1', 'hello'])

  const sent = await here.run('devices', 'publish', 'lamp-1', '/lamp/set', '{"on":true}', ...product)
  assert.match(sent.stdout, /^sent as message \d+$/m)
  await device.until(/^\/lamp\/set \{"on":true\}$/m)
  await both.until(/^\S+Z lamp-1 message \d+ acknowledged$/m)
  assert.match(both.stdout, /^\S+Z lamp-1 message \d+ waiting \/lamp\/set \{"on":true\}$/m)
  assert.match(both.stdout, /lamp-1\/user\/update hello$/m)

  const log = await here.run('devices', 'log', 'lamp-1', ...product)
  assert.match(
    log.stdout,
    /^Time +Event +Reason .*\n\S+Z +connected +- +127\.0\.0\.1 +\S+\/\d+ +3\.1\.1 +\S+$/m,
  )
  const json = JSON.parse((await here.run('devices', 'log', 'lamp-1', '--json', ...product)).stdout)
  assert.deepEqual([json[0].Type, json[0].IpAddress], ['connected', '127.0.0.1'])
})
