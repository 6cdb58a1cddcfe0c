import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { after, test } from 'node:test'
import { connectAsync, type IClientOptions } from 'mqtt'
import { RawDevice } from '../support/mqtt-device.ts'
import { signedIn, startWhole, type Triple } from './whole-server.ts'

/** Real clients against a whole server, as they come from their makers, but for the address. */
const { server, port, call, addDevice } = await startWhole()
const base64 = (text: string) => Buffer.from(text).toString('base64')
const named = ({ productKey, deviceName }: Triple) => ({ ProductKey: productKey, DeviceName: deviceName })
const pub = (triple: Triple, topic: string, text: string, qos = 0) =>
  call('Pub', { ...named(triple), TopicFullName: topic, MessageContent: base64(text), Qos: `${qos}` })

for (const protocolVersion of [4, 5] as const) {
  for (const url of [`mqtt://127.0.0.1:${port}`, `${server.url.replace('http', 'ws')}/mqtt`]) {
    test(`MQTT.js ${protocolVersion} over ${url.slice(0, url.indexOf(':'))}`, async () => {
      const triple = await addDevice(`js-${protocolVersion}-${url.slice(0, 2)}`)
      const options: IClientOptions = { ...signedIn(triple), protocolVersion, reconnectPeriod: 0 }
      const client = await connectAsync(url, options)
      const topic = `/${triple.productKey}/${triple.deviceName}/user/get`
      await client.subscribeAsync(topic, { qos: 1 })
      const message = new Promise<[string, Buffer]>((resolve) =>
        client.once('message', (...received) => resolve(received.slice(0, 2) as [string, Buffer])),
      )
      assert.equal((await pub(triple, topic, 'down', 1)).Success, true)
      const [from, payload] = await message
      assert.deepEqual([from, payload.toString()], [topic, 'down'])
      await client.publishAsync(`/${triple.productKey}/${triple.deviceName}/user/update`, 'up', { qos: 1 })
      await client.unsubscribeAsync(topic)
      await client.endAsync()
    })
  }
}

test('MQTT.js gets a QoS 1 message that came before its SUBSCRIBE, on this connection or the next', async () => {
  const triple = await addDevice('js-late')
  const topic = `/${triple.productKey}/${triple.deviceName}/user/get`
  const options: IClientOptions = { ...signedIn(triple), clean: false, reconnectPeriod: 0 }
  const got: string[] = []
  let arrived = Promise.withResolvers<void>()
  const connect = async () => {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, options)
    client.on('message', (_, payload) => {
      got.push(payload.toString())
      arrived.resolve()
    })
    return client
  }
  const first = await connect()
  assert.equal((await pub(triple, topic, 'early', 1)).Success, true)
  await first.subscribeAsync(topic, { qos: 1 })
  await arrived.promise
  await first.unsubscribeAsync(topic)
  arrived = Promise.withResolvers()
  assert.equal((await pub(triple, topic, 'meanwhile', 1)).Success, true)
  await first.endAsync()
  const second = await connect()
  await second.subscribeAsync(topic, { qos: 1 })
  await arrived.promise
  await second.endAsync()
  assert.deepEqual(got, ['early', 'meanwhile'])
})

test('MQTT.js receives the reason of a refusal', async () => {
  const triple = await addDevice('js-wrong')
  const options = { ...signedIn(triple), password: 'wrong', reconnectPeriod: 0 }
  await assert.rejects(connectAsync(`mqtt://127.0.0.1:${port}`, options), /Bad username or password/)
  await assert.rejects(connectAsync(`mqtt://127.0.0.1:${port}`, { ...options, protocolVersion: 5 }), {
    code: 134,
  })
})

const hasMosquitto = process.env.CI !== undefined || spawnSync('mosquitto_pub', ['--help']).status !== null
for (const version of ['mqttv31', 'mqttv311', 'mqttv5']) {
  test(`mosquitto_sub and mosquitto_pub with -V ${version}`, { skip: !hasMosquitto }, async () => {
    const { deviceName, deviceSecret, productKey } = await addDevice(`mosquitto.${version}`, 'one-party')
    const arguments_ = [
      '-h',
      '127.0.0.1',
      '-p',
      `${port}`,
      '-u',
      deviceName,
      '-P',
      deviceSecret,
      '-V',
      version,
      '-i',
      'x',
    ]
    const sub = spawn('mosquitto_sub', [...arguments_, '-t', 'hello/world', '-q', '1', '-C', '1', '-d'])
    after(() => sub.kill('SIGKILL'))
    let output = ''
    sub.stdout.on('data', (chunk) => (output += chunk))
    const triple = { deviceName, deviceSecret, productKey }
    // Its output comes when it ends.
    while (JSON.stringify(await call('QueryDeviceSubTopic', named(triple))).includes('hello/world') === false)
      assert.equal(sub.exitCode, null, output)
    await pub(triple, 'hello/world', 'hello there', 1)
    if (sub.exitCode === null) await once(sub, 'exit')
    assert.match(output, /hello there/)
    const sent = spawn('mosquitto_pub', [...arguments_, '-t', 'up/to/you', '-m', 'x', '-q', '1', '-d'])
    let log = ''
    sent.stdout.on('data', (chunk) => (log += chunk))
    await once(sent, 'close')
    assert.match(log, /received PUBACK/)
  })
}

// Two families of the vendor's SDK for Node.js, each with its own MQTT.js inside.
const load = createRequire(import.meta.url)
for (const name of ['alibabacloud-iot-device-sdk', 'aliyun-iot-device-sdk']) {
  test(`${name} posts a property and receives a message`, async () => {
    const triple = await addDevice(name.slice(0, 20))
    const device = load(name).device({ ...triple, brokerUrl: `tcp://127.0.0.1:${port}` })
    after(() => device.end())
    await once(device, 'connect')
    const posted = Promise.withResolvers<{ code: number }>()
    device.postProps({ temperature: 21 }, (reply: { code: number }) => posted.resolve(reply))
    assert.equal((await posted.promise).code, 200)
    const topic = `/${triple.productKey}/${triple.deviceName}/user/get`
    const subscribed = new Promise((resolve) => device.subscribe(topic, resolve))
    await subscribed
    const message = new Promise<string>((resolve) =>
      device.on('message', (from: string, payload: Buffer) => from === topic && resolve(`${payload}`)),
    )
    assert.equal((await pub(triple, topic, 'down')).Success, true)
    assert.equal(await message, 'down')
  })
}

for (const version of [4, 5] as const) {
  // Link SDK C 4: no SUBSCRIBE at all, `_ss=1`, `ext=3`, an empty last pair (mqtt-facts §5d).
  test(`the Link SDK C 4 in MQTT ${version === 4 ? '3.1.1' : '5'} subscribes to nothing and is answered`, async () => {
    const triple = await addDevice(`link-c-${version}`)
    const { productKey, deviceName } = triple
    const id = `${productKey}.${deviceName}`
    const more = ',timestamp=2524608000000,_ss=1,_v=sdk-c-4.1.0,ext=3,_conn=tls_10,'
    const content = `clientId${id}deviceName${deviceName}productKey${productKey}timestamp2524608000000`
    const device = await RawDevice.connect({
      port,
      version,
      keepalive: 1200,
      ...signedIn(triple, id, more),
      password: createHmac('sha256', triple.deviceSecret).update(content).digest('hex').toUpperCase(),
    })
    after(() => device.end())
    const connack = await device.next()
    assert.equal(connack.returnCode ?? connack.reasonCode, 0)
    const publish = (topic: string, payload: object, qos: 0 | 1 = 0) =>
      device.send({
        cmd: 'publish',
        topic,
        payload: JSON.stringify(payload),
        qos,
        messageId: 1,
        dup: false,
        retain: false,
      })
    publish(`/ext/ntp/${productKey}/${deviceName}/request`, { deviceSendTime: '1000' })
    const ntp = await device.next()
    assert.equal(ntp.topic, `/ext/ntp/${productKey}/${deviceName}/response`)
    assert.equal(JSON.parse(ntp.payload).deviceSendTime, '1000')
    const post = `/sys/${productKey}/${deviceName}/thing/event/property/post`
    publish(post, {
      id: '7',
      version: '1.0',
      params: { Light: 1 },
      sys: { ack: 1 },
      method: 'thing.event.property.post',
    })
    const reply = await device.next()
    assert.deepEqual([reply.topic, JSON.parse(reply.payload).id], [`${post}_reply`, '7'])
    const request = call('RRpc', { ...named(triple), RequestBase64Byte: base64('ask'), Timeout: '8000' })
    const asked = await device.next()
    assert.match(asked.topic, /\/rrpc\/request\//)
    device.send({
      cmd: 'publish',
      topic: asked.topic.replace('/request/', '/response/'),
      payload: 'told',
      qos: 0,
      messageId: 1,
      dup: false,
      retain: false,
    })
    const answered = await request
    assert.deepEqual([answered.RrpcCode, answered.PayloadBase64Byte], ['SUCCESS', base64('told')])
  })
}
