import assert from 'node:assert/strict'
import { request } from 'node:http'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type Place, temporaryPlace } from '../support/process.ts'
import { call, form, goodDevices, type Parameters, signedV1 } from '../support/sign.ts'

const id = 'testid'
const secret = 'testsecret'
const ProductKey = 'a1TestKey01'

/** A folder where servers start with credentials that the test knows. */
function knownPlace(t: TestContext): Place {
  return temporaryPlace(t).with({
    ROLLCALL_ACCESS_KEY_ID: id,
    ROLLCALL_ACCESS_KEY_SECRET: secret,
    ROLLCALL_PRODUCT_KEY: ProductKey,
  })
}

const check = (url: string, parameters: Parameters, nonce?: string) =>
  call(url, 'BatchCheckImportDevice', { ProductKey, ...parameters }, nonce === undefined ? {} : { nonce })

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`devices and used nonces outlive a server that ends by ${signal}`, async (t) => {
    const here = knownPlace(t)
    const first = await here.serve()
    const imported = await call(first.url, 'BatchImportDevice', { ProductKey, ...goodDevices(300) })
    assert.equal(imported.body.Success, true)
    assert.equal((await check(first.url, goodDevices(1, 'other'), 'used before')).body.Success, true)
    await first.process.stop(signal)

    const second = await here.serve()
    const again = await check(second.url, goodDevices(1, 'other'), 'used before')
    assert.deepEqual([again.status, again.body.Code], [400, 'SignatureNonceUsed'])
    const { body } = await check(second.url, goodDevices(301), 'fresh')
    assert.equal(body.Data.RepeatedDeviceNameList.length, 300)
    const { ApplyId } = imported.body.Data
    const page = { ApplyId: String(ApplyId), PageNo: '1', PageSize: '300' }
    const { device } = (await call(second.url, 'QueryImportedDeviceByApplyId', page)).body.DeviceList
    assert.deepEqual(
      [device.length, device[299].DeviceName, device[299].DeviceSecret],
      [300, 'light-00300', 'secret-300'],
    )
  })
}

test('two servers on one store see each other’s devices and nonces at once', async (t) => {
  const here = knownPlace(t)
  const first = await here.serve()
  const second = await here.serve()
  await call(first.url, 'BatchImportDevice', { ProductKey, ...goodDevices(3) })
  const { body } = await check(second.url, goodDevices(3), 'shared')
  assert.equal(body.Data.RepeatedDeviceNameList.length, 3)
  assert.equal((await check(first.url, goodDevices(3), 'shared')).body.Code, 'SignatureNonceUsed')
})

test('two servers that start at once on an empty store make one account', async (t) => {
  const here = temporaryPlace(t)
  const servers = await Promise.all([here.serve(), here.serve(), here.serve()])
  const first = servers.filter(({ process }) => process.stdout.includes('The store was empty'))
  assert.deepEqual([(await here.rows('account', 'list')).length, first.length], [1, 1])
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends a server with status 0, silently`, async (t) => {
    const { process } = await knownPlace(t).serve()
    const { status, signal: killedBy, stderr } = await process.stop(signal)
    assert.deepEqual([status, killedBy, stderr], [0, null, ''])
  })
}

test('SIGTERM answers the call that is under way, takes no other, and ends with status 0', async (t) => {
  const { url, process } = await knownPlace(t).serve()
  const body = form(Object.entries(signedV1({ Action: 'BatchImportDevice', ProductKey, ...goodDevices(10) })))
  const answer = Promise.withResolvers<string>()
  const outgoing = request(url, {
    method: 'POST',
    headers: { 'Content-Length': body.length, Expect: '100-continue' },
  })
  outgoing.on('response', (incoming) => {
    incoming.toArray().then((chunks) => answer.resolve(Buffer.concat(chunks).toString()), answer.reject)
  })
  outgoing.on('error', answer.reject)
  // The server has the head of the request once it asks for the rest.
  await new Promise<void>((resolve) => outgoing.on('continue', resolve).flushHeaders())
  const ended = process.stop('SIGTERM')
  await refused(url)
  outgoing.end(body)
  assert.equal(JSON.parse(await answer.promise).Success, true)
  assert.equal((await ended).status, 0)
})

/** Resolves once nobody listens there any more. */
async function refused(url: string): Promise<void> {
  for (let accepted = true; accepted; ) {
    accepted = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      socket.on('connect', () => resolve(socket.destroy() !== undefined))
      socket.on('error', () => resolve(false))
    })
  }
}

test('SIGTERM does not wait longer than a request may take for a client that never ends one', async (t) => {
  const { url, process } = await knownPlace(t).serve('--request-timeout-seconds', '1')
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  t.after(() => socket.destroy())
  socket
    .on('error', () => {})
    .write('POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n')
  await new Promise((resolve) => socket.once('data', resolve))
  assert.equal((await process.stop('SIGTERM')).status, 0)
})

test('a second signal ends a server that is still waiting', async (t) => {
  const { url, process } = await knownPlace(t).serve()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  t.after(() => socket.destroy())
  socket
    .on('error', () => {})
    .write('POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n')
  await new Promise((resolve) => socket.once('data', resolve))
  process.child.kill('SIGTERM')
  await refused(url)
  await process.stop('SIGTERM')
})
