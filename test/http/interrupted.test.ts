import assert from 'node:assert/strict'
import { test } from 'node:test'
import { credentials } from '../support/server.ts'
import { call, form, goodDevices, signedV1 } from '../support/sign.ts'
import { Connection, parseAnswer } from './connection.ts'
import { check, served } from './served.ts'

const server = served()

/** A whole call as it stands on the wire. */
function wire(action: string, devices: Readonly<Record<string, string>>): string {
  const body = form(
    Object.entries(signedV1({ Action: action, ProductKey: credentials.productKey, ...devices })),
  )
  const type = 'Content-Type: application/x-www-form-urlencoded\r\n'
  return `POST / HTTP/1.1\r\nHost: x\r\n${type}Content-Length: ${body.length}\r\n\r\n${body}`
}

const whole = wire('BatchCheckImportDevice', goodDevices(20))
const chunked = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'
const parts = {
  'in its request line': whole.slice(0, 10),
  'in its headers': whole.slice(0, 40),
  'before its body': whole.slice(0, whole.indexOf('\r\n\r\n') + 4),
  'in its body': whole.slice(0, -100),
  'one byte before its end': whole.slice(0, -1),
  'in the length of a chunk': `${chunked}5`,
  'in a chunk': `${chunked}10\r\nProductKey`,
  'between chunks': `${chunked}5\r\nabcde\r\n`,
}

for (const [where, part] of Object.entries(parts)) {
  test(`a request that ends ${where} is reported as malformed`, async () => {
    const connection = await Connection.open(server.url)
    await connection.write(part)
    connection.socket.end()
    const { text, error } = await connection.everything()
    const { status, code } = parseAnswer(text)
    assert.deepEqual([status, code, error], [400, 'MalformedRequest', undefined])
  })

  test(`a client that disconnects ${where} does no harm`, async () => {
    const connections = await Promise.all(Array.from({ length: 20 }, () => Connection.open(server.url)))
    await Promise.all(connections.map((connection) => connection.write(part)))
    await Promise.all(connections.map((connection) => connection.reset()))
  })
}

test('an import whose client disconnects before the answer is completed', async () => {
  const devices = goodDevices(500, 'orphan')
  const connection = await Connection.open(server.url)
  await connection.write(wire('BatchImportDevice', devices))
  // In order, not by a reset: a reset could take back bytes that the server has not read yet.
  connection.socket.destroy()
  const deadline = Date.now() + 10_000
  for (;;) {
    const { body } = await check(server.url, devices)
    const registered = body.Data?.RepeatedDeviceNameList.length ?? 0
    if (registered === 500) break
    assert.equal(registered, 0, 'all or none')
    assert.ok(Date.now() < deadline, 'the devices never came')
  }
})

test('a client that stops reading its answer and disconnects does no harm', async () => {
  // Illegal names are told back: the answer is larger than what the kernel takes at once.
  const devices = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, i) => [`DeviceList.${i + 1}.DeviceName`, `${'%'.repeat(200)}${i}`]),
  )
  const connections = await Promise.all(Array.from({ length: 4 }, () => Connection.open(server.url)))
  for (const connection of connections) {
    connection.socket.pause()
    await connection.write(wire('BatchCheckImportDevice', devices))
  }
  await check(server.url, goodDevices(1))
  await Promise.all(connections.map((connection) => connection.reset()))
})

test('calls at once, some of which are cut off, never see each other’s devices', async () => {
  // Sizes from one buffer class to the next, so that buffers are taken, outgrown and given back in any order.
  const calls = Array.from({ length: 120 }, async (_, i) => {
    const count = 1 + ((i * 37) % 400)
    const devices = { ...goodDevices(count), 'DeviceList.1.DeviceName': `caller%${i}` }
    if (i % 3 === 0) {
      const connection = await Connection.open(server.url)
      const text = wire('BatchCheckImportDevice', devices)
      await connection.write(text.slice(0, Math.ceil(text.length * ((i % 10) / 10))))
      await connection.reset()
      return undefined
    }
    const { body } = await call(server.url, 'BatchCheckImportDevice', {
      ProductKey: credentials.productKey,
      ...devices,
    })
    return [body.Data.InvalidDeviceNameList, body.Data.InvalidDetailList.length]
  })
  const answers = await Promise.all(calls)
  answers.forEach((answer, i) => {
    if (i % 3 !== 0) assert.deepEqual(answer, [[`caller%${i}`], 1])
  })
})
