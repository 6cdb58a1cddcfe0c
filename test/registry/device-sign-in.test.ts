import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hmacPassword, secretOf, withSignIns } from './sign-in-store.ts'

const ordinary = 'a1ordinary1'
const gateway = 'a1gateway01'
const id = 'id|securemode=3,signmethod=hmacsha256,timestamp=789|'

test('a device signs in with an HMAC of its parameters, in either case', () =>
  withSignIns(async ({ product, devices, signIn }) => {
    await devices(await product(ordinary, 'secret'), ['pump-1', 'pump-2'])
    const parts = { name: 'pump-1', productKey: ordinary, timestamp: '789' }
    const userName = `pump-1&${ordinary}`
    for (const [method, hash] of [
      ['hmacmd5', 'md5'],
      ['hmacsha1', 'sha1'],
      ['HmacSHA256', 'sha256'],
    ] as const) {
      const clientId = `id|securemode=2,signmethod=${method},\n timestamp=789,|`
      const password = hmacPassword(hash, secretOf('pump-1'), parts)
      assert.equal(await signIn(userName, password, { clientId }), `${ordinary} pump-1`)
      assert.equal(await signIn(userName, password.toUpperCase(), { clientId }), `${ordinary} pump-1`)
      assert.equal(await signIn(userName, password.slice(1), { clientId }), 'credentials')
    }
    const password = hmacPassword('sha256', secretOf('pump-1'), parts)
    assert.equal(await signIn(`pump-2&${ordinary}`, password, { clientId: id }), 'credentials')
    assert.equal(await signIn(`pump-9&${ordinary}`, password, { clientId: id }), 'credentials')
    assert.equal(await signIn('pump-1&a1unknown01', password, { clientId: id }), 'credentials')
    assert.equal(await signIn(userName, password, { clientId: 'id' }), 'identifier')
    assert.equal(await signIn(userName, password, { clientId: 'id|signmethod=x|' }), 'identifier')
    assert.equal(await signIn(userName, password, { clientId: `${'i'.repeat(65)}|a=b|` }), 'identifier')
    assert.equal(await signIn(userName, password, { clientId: id, userName: undefined }), 'credentials')
    assert.equal(await signIn(userName, password, { clientId: id, password: undefined }), 'credentials')
    // The secret itself is the password in one-party products alone.
    assert.equal(await signIn('pump-1', secretOf('pump-1')), 'credentials')
    assert.equal(await signIn(userName, secretOf('pump-1')), 'credentials')
  }))

test('a device of a one-party product signs in with its name and secret', () =>
  withSignIns(async ({ product, devices, signIn, registry }) => {
    const lamps = await product(gateway)
    await devices(lamps, ['lamp-1', 'lamp-2'])
    assert.equal(await signIn('lamp-1', secretOf('lamp-1')), `${gateway} lamp-1`)
    assert.equal(await signIn('lamp-1', secretOf('lamp-2')), 'credentials')
    assert.equal(await signIn('lamp-9', secretOf('lamp-9')), 'credentials')
    assert.equal(await signIn('lamp-1\0', secretOf('lamp-1')), 'credentials')
    assert.equal(await signIn(`lamp-1&${gateway}`, secretOf('lamp-1')), `${gateway} lamp-1`)
    const password = hmacPassword('sha256', secretOf('lamp-1'), {
      name: 'lamp-1',
      productKey: gateway,
      timestamp: '789',
    })
    assert.equal(await signIn(`lamp-1&${gateway}`, password, { clientId: id }), `${gateway} lamp-1`)

    const disable = async (disabled: boolean) => {
      const device = (await registry.devices.lookUp(lamps, 'lamp-1'))!
      await registry.devices.update([{ device, change: { disabled } }])
    }
    await disable(true)
    assert.equal(await signIn('lamp-1', secretOf('lamp-1')), 'disabled')
    assert.equal(await signIn('lamp-1', 'wrong'), 'credentials')
    await disable(false)
    assert.equal(await signIn('lamp-1', secretOf('lamp-1')), `${gateway} lamp-1`)
  }))

test('a device that was deleted or imported anew signs in with what the store has, and nothing else', () =>
  withSignIns(async ({ product, devices, signIn, registry, account }) => {
    const lamps = await product(gateway)
    await devices(lamps, ['lamp-1', 'lamp-2'])
    assert.equal(await signIn('lamp-1', secretOf('lamp-1')), `${gateway} lamp-1`)
    const device = (await registry.devices.lookUp(lamps, 'lamp-1'))!
    await registry.devices.delete(account, device)
    assert.equal(await signIn('lamp-1', secretOf('lamp-1')), 'credentials')
    await devices(lamps, ['lamp-1'], 'another-secret')
    assert.equal(await signIn('lamp-1', secretOf('lamp-1')), 'credentials')
    assert.equal(await signIn('lamp-1', 'another-secret'), `${gateway} lamp-1`)
    await registry.products.delete(lamps)
    assert.equal(await signIn('lamp-1', 'another-secret'), 'credentials')
  }))

test('a bare name means the product of the listener, that of the client id, or the only one that it fits', () =>
  withSignIns(async ({ product, devices, signIn }) => {
    const first = await product('a1product01')
    const second = await product('a1product02')
    await devices(first, ['same', 'own1', 'equal'])
    await devices(second, ['own2'])
    await devices(second, ['same'], 'other-secret')
    await devices(second, ['equal'])
    assert.equal(await signIn('own1', secretOf('own1')), 'a1product01 own1')
    assert.equal(await signIn('own2', secretOf('own2')), 'a1product02 own2')
    // The secret decides; where it does not, nobody does.
    assert.equal(await signIn('same', secretOf('same')), 'a1product01 same')
    assert.equal(await signIn('same', 'other-secret'), 'a1product02 same')
    assert.equal(await signIn('equal', secretOf('equal')), 'credentials')
    const inClientId = { clientId: 'x|productKey=a1product02|' }
    assert.equal(await signIn('equal', secretOf('equal'), inClientId), 'a1product02 equal')
    assert.equal(await signIn('own1', secretOf('own1'), inClientId), 'credentials')
    const bound = { gatewayProductKey: 'a1product01', clientId: 'x|productKey=a1product02|' }
    assert.equal(await signIn('equal', secretOf('equal'), bound), 'a1product01 equal')
    assert.equal(await signIn('own2', secretOf('own2'), bound), 'credentials')
  }))

test('a bare name is looked up in 32 products; with more, the log says what to do', () =>
  withSignIns(async ({ product, devices, signIn, registry }) => {
    const products = []
    for (let i = 10; i < 42; i++) products.push(await product(`a1product${i}`))
    await devices(products[31]!, ['lamp-1'])
    assert.equal(await signIn('lamp-1', secretOf('lamp-1')), 'a1product41 lamp-1')
    await product('a1product99')
    const attempt = {
      clientId: '',
      userName: 'lamp-1',
      password: Buffer.from(secretOf('lamp-1')),
      address: '::1',
    }
    const refused = await registry.deviceSignIn.signIn(attempt)
    assert.match(JSON.stringify(refused), /"credentials".*at most 32 one-party products.*--mqtt-gateway/)
    const named = { ...attempt, clientId: '|productKey=a1product41|' }
    assert.equal((await registry.deviceSignIn.signIn(named)).kind, 'accepted')
  }))

test('the permissions of a device are returned when it signs in', () =>
  withSignIns(async ({ product, devices, registry, account }) => {
    const pumps = await product(ordinary, 'secret')
    await devices(pumps, ['pump-1'])
    const { number } = (await registry.devices.lookUp(pumps, 'pump-1'))!
    const attempt = {
      clientId: 'id|signmethod=hmacsha1|',
      userName: `pump-1&${ordinary}`,
      password: Buffer.from(
        hmacPassword('sha1', secretOf('pump-1'), { name: 'pump-1', productKey: ordinary }),
      ),
      address: '::1',
    }
    const result = await registry.deviceSignIn.signIn(attempt)
    assert.ok(result.kind === 'accepted')
    const { topicClasses, ...device } = result.device
    assert.deepEqual(device, {
      product: pumps.id,
      number,
      name: 'pump-1',
      productKey: ordinary,
      account,
      hasFreeTopics: false,
    })
    assert.deepEqual(
      topicClasses().map(({ template, operation }) => `${template} ${operation}`),
      ['get SUB', 'update PUB', 'update/error PUB'].map((text) => `/${ordinary}/\${deviceName}/user/${text}`),
    )
  }))

test('failed sign-ins of a user name or an address stop for a minute, and nothing is verified', () =>
  withSignIns(async ({ product, devices, signIn, clock }) => {
    await devices(await product(gateway), ['lamp-1', 'lamp-2'])
    for (let i = 0; i < 20; i++) assert.equal(await signIn('lamp-1', 'wrong'), 'credentials')
    assert.equal(await signIn('lamp-1', secretOf('lamp-1')), 'throttled')
    assert.equal(await signIn('lamp-1', secretOf('lamp-1'), { address: '10.0.0.2' }), 'throttled')
    // A name that there is not is no different.
    for (let i = 0; i < 20; i++) assert.equal(await signIn('nobody', 'wrong'), 'credentials')
    assert.equal(await signIn('nobody', 'wrong'), 'throttled')
    clock.advance(60_000)
    assert.equal(await signIn('lamp-1', secretOf('lamp-1')), `${gateway} lamp-1`)
    for (let i = 0; i < 200; i++) await signIn(`name-${i}`, 'wrong', { address: `2001:db8::${i}` })
    assert.equal(await signIn('lamp-2', secretOf('lamp-2'), { address: '2001:db8:0:0:ffff::1' }), 'throttled')
    assert.equal(await signIn('lamp-2', secretOf('lamp-2')), `${gateway} lamp-2`)
  }))
