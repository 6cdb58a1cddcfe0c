import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { type Connecting, programsOf } from '../../../src/console/products/connect-programs.ts'
import { startWhole } from '../../mqtt/whole-server.ts'
import { follow } from '../../support/follow.ts'

/** Each program of the page is run as it is printed: it publishes a message, and prints one that it gets. */

const hmacSha256 = (key: string, data: string) => createHmac('sha256', key).update(data).digest('hex')
/** Debian's, which has Debian's packages. */
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'
/** Programs with a file to run, and what runs it; the tests of the page itself run mosquitto's. */
const runs = {
  'MQTT.js': { file: 'connect.mjs', command: process.execPath },
  'Python (paho-mqtt)': { file: 'connect.py', command: python },
  'Node.js SDK': { file: 'connect.mjs', command: process.execPath },
} as const

const noPaho =
  process.env.CI === undefined &&
  spawnSync(python, ['-c', 'import paho.mqtt.client']).status !== 0 &&
  'no python3-paho-mqtt'

suite('programs that connect as a device', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-programs-'))
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'))
  after(() => rmSync(folder, { recursive: true }))
  const started = startWhole()

  for (const kind of ['one-party', 'ordinary'] as const)
    for (const [label, { file, command }] of Object.entries(runs))
      test(`${label}, ${kind}`, { skip: command === python && noPaho }, async (t) => {
        const { server, port, call, addDevice } = await started
        const name = `${kind}-${label.replace(/\W/g, '')}`
        const { productKey, deviceSecret: secret } = await addDevice(name, kind)
        const connecting: Connecting = {
          address: `mqtt://127.0.0.1:${port}`,
          productKey,
          name,
          secret,
          isOneParty: kind === 'one-party',
          hmacSha256,
        }
        const program = programsOf(connecting).find((program) => program.label === label)!
        const path = join(folder, file)
        writeFileSync(path, program.text)
        const named = { ProductKey: productKey, DeviceName: name }
        const messages = await follow(server.url, { ...named, Direction: 'all' })
        t.after(() => messages.close())
        const running = spawn(command, [path], { env: { ...process.env, DEVICE_SECRET: secret } })
        const ended = new Promise((resolve) => running.once('close', resolve))
        let said = ''
        const printed = Promise.withResolvers<void>()
        for (const stream of [running.stdout, running.stderr])
          stream.setEncoding('utf8').on('data', (text: string) => {
            said += text
            if (said.includes('{"level":7}')) printed.resolve()
          })
        ended.then(() => printed.reject(new Error(`it ended: ${said}`)))
        t.after(async () => {
          running.kill()
          await ended
        })
        const topic = (end: string) =>
          kind === 'one-party' ? `/user/${end}` : `/${productKey}/${name}/user/${end}`
        // Once its own message is there, its subscription is, too: they were sent in this order.
        const up = (await Promise.race([messages.next(), printed.promise]))!
        assert.equal(up.data.topic, topic('update'))
        assert.equal(Buffer.from(up.data.payload, 'base64').toString(), '{"on":true}')
        const content = Buffer.from('{"level":7}').toString('base64')
        const sent = await call('Pub', {
          ...named,
          TopicFullName: topic('get'),
          MessageContent: content,
          Qos: '1',
        })
        assert.equal(sent.Success, true, JSON.stringify(sent))
        await printed.promise
        assert.match(said, /^connected/m)
        assert.match(said, new RegExp(`^${topic('get')} \\{"level":7\\}`, 'm'))
      })
})
