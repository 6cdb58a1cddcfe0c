import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectAsync } from 'mqtt'
import { type FollowSigning, follow } from '../support/follow.ts'
import { signedIn, startWhole } from './whole-server.ts'

/** GET /messages: who may follow devices, and by which signatures. */
const { server, port, addDevice } = await startWhole()
const { registry } = server
const [account] = await registry.accounts.all()
const triple = await addDevice('followed')
const parameters = { ProductKey: triple.productKey, DeviceName: triple.deviceName }
const device = await connectAsync(`mqtt://127.0.0.1:${port}`, { ...signedIn(triple), reconnectPeriod: 0 })
after(() => device.endAsync())
const send = (text: string) =>
  device.publishAsync(`/${triple.productKey}/${triple.deviceName}/user/update`, text, { qos: 1 })

let users = 0
async function keyOf(allowed: readonly string[] | undefined): Promise<FollowSigning> {
  const user = await registry.accounts.createRamUser(account!.id, `user-${++users}`, allowed)
  return registry.accessKeys.create(account!.id, user.id)
}
const payloadOf = async (events: Awaited<ReturnType<typeof follow>>) =>
  Buffer.from((await events.next())!.data.payload, 'base64').toString()

for (const version of [1, 3] as const) {
  test(`V${version}: the account, and RAM users with iot:sub, follow a device and reconnect`, async () => {
    const everybody: FollowSigning[] = [{}]
    for (const allowed of [['iot:sub'], ['iot:Query*', 'iot:s*'], undefined])
      everybody.push(await keyOf(allowed))
    for (const [i, key] of everybody.entries()) {
      const signing = { ...key, version }
      const events = await follow(server.url, parameters, undefined, signing)
      await send(`${version} ${i}`)
      const first = (await events.next())!
      assert.equal(Buffer.from(first.data.payload, 'base64').toString(), `${version} ${i}`)
      events.close()
      await send('while away')
      const again = await follow(server.url, parameters, first.id, signing)
      assert.equal(await payloadOf(again), 'while away')
      again.close()
    }
  })

  test(`V${version}: a RAM user without iot:sub follows nothing`, async () => {
    for (const allowed of [[], ['iot:Query*'], ['iot:subscribe', 'iot:Su']]) {
      const signing = { ...(await keyOf(allowed)), version }
      const refused = follow(server.url, parameters, undefined, signing)
      await assert.rejects(refused, /^Error: 403: .*iot\.common\.RamActionPermissionDeny/s, `${allowed}`)
    }
  })

  test(`V${version}: a wrong secret, a product and a device that do not exist`, async () => {
    const asks = (changed: Record<string, string>, signing: FollowSigning = {}) =>
      follow(server.url, { ...parameters, ...changed }, undefined, { ...signing, version })
    await assert.rejects(asks({}, { secret: 'wrong' }), /400: .*SignatureDoesNotMatch/s)
    await assert.rejects(asks({ ProductKey: 'a1Nothing00' }), /404: .*NotExistedProduct/s)
    await assert.rejects(asks({ DeviceName: 'nobody' }), /404: .*NotExistedDevice/s)
  })
}
