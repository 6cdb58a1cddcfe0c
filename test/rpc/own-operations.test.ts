import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { columnsOf } from '../../src/lib/columns.ts'
import { devicesOf } from '../../src/registry/batches.ts'
import type { Product } from '../../src/registry/products.ts'
import { commonV1, openApiServer, signedV1 } from '../support/api-server.ts'
import { repeatableRandom } from '../support/deterministic.ts'
import { credentials } from '../support/server.ts'

interface Key {
  readonly id: string
  readonly secret: string
}
const ownKey: Key = { id: credentials.accessKeyId, secret: credentials.accessKeySecret }

/** A server in memory, and calls of any key to it. */
async function openServer(settings: Parameters<typeof openApiServer>[0] = { quota: false }) {
  const server = await openApiServer(settings)
  const [account] = await server.registry.accounts.all()
  const versionOf = (name: string) => actions.find((action) => action.name === name)!.version
  const call = async (action: string, parameters: Record<string, string> = {}, key = ownKey) => {
    const common = { ...commonV1(action), Version: versionOf(action), AccessKeyId: key.id }
    const { body } = await server.ask(signedV1({ ...common, ...parameters }, { secret: key.secret }))
    return JSON.parse(body)
  }
  const userKey = async (name: string, allowed: readonly string[] | undefined): Promise<Key> => {
    const user = await server.registry.accounts.createRamUser(account!.id, name, allowed)
    return server.registry.accessKeys.create(account!.id, user.id)
  }
  return { ...server, account: account!.id, call, userKey }
}

describe('the callers of Rollcall’s own operations', () => {
  const forAccount: [action: string, parameters: Record<string, string>][] = [
    ['ListUsers', {}],
    ['CreateUser', { UserName: 'mallory', AllowAll: 'true' }],
    ['DeleteUser', { UserName: 'all' }],
    ['SetUserPermissions', { UserName: 'some', AllowAll: 'true' }],
    ['ListAccessKeys', {}],
    ['CreateAccessKey', {}],
    ['UpdateAccessKey', { UserAccessKeyId: 'testid', Status: 'Inactive' }],
    ['DeleteAccessKey', { UserAccessKeyId: 'testid' }],
    ['SetQuota', { ActionName: 'QueryDevice', PerSecond: '1000' }],
  ]
  const byPatterns: [action: string, parameters: Record<string, string>][] = [
    ['ListInstances', {}],
    ['ListRecentCalls', {}],
    ['ListCallCounts', {}],
    ['ListQuotas', {}],
    ['ListDevices', { ProductKey: credentials.productKey }],
    ['ListDeviceBatches', {}],
    ['ListConnectionEvents', { ProductKey: credentials.productKey, DeviceName: 'device1' }],
    ['ListDevicePresence', { ProductKey: credentials.productKey, 'DeviceName.1': 'device1' }],
    ['ListTrafficCounts', {}],
    ['ListImportJobs', {}],
  ]
  const denied = 'iot.common.RamActionPermissionDeny'

  test('the table names every one of them', () => {
    const own = actions.filter(({ version }) => version === '2026-11-01').map(({ name }) => name)
    const named = [...forAccount, ...byPatterns].map(([name]) => name)
    const ofBatches = [
      'UndoDeviceBatch',
      'CreateImportJob',
      'GetImportJob',
      'UndoImportJob',
      'UpdateImportJob',
    ]
    assert.deepEqual([...named, ...ofBatches, 'GetCallerIdentity'].sort(), own.sort())
  })

  test('users and keys, permissions and quotas are the account’s alone, whatever a RAM user may call', async () => {
    const { call, userKey, close } = await openServer()
    const all = await userKey('all', undefined)
    const star = await userKey('star', ['*'])
    const named = await userKey(
      'some',
      forAccount.map(([action]) => `iot:${action}`),
    )
    for (const key of [all, star, named])
      for (const [action, parameters] of forAccount)
        assert.equal((await call(action, parameters, key)).Code, denied, action)
    assert.equal((await call('ListUsers')).Data.User.length, 3)
    await close()
  })

  test('a RAM user may call the others if its patterns permit', async () => {
    const { call, userKey, close } = await openServer()
    const [all, lists, queries, none] = [
      await userKey('all', undefined),
      await userKey('lists', ['iot:List*']),
      await userKey('queries', ['iot:Query*']),
      await userKey('none', []),
    ]
    const device = { 'DeviceList.1.DeviceName': 'device1', 'DeviceList.1.DeviceSecret': 'secret' }
    await call('BatchImportDevice', { ProductKey: credentials.productKey, ...device })
    for (const [action, parameters] of byPatterns) {
      for (const key of [ownKey, all, lists])
        assert.equal((await call(action, parameters, key)).Success, true, `${action} ${key.id}`)
      for (const key of [queries, none])
        assert.equal((await call(action, parameters, key)).Code, denied, `${action} ${key.id}`)
    }
    await close()
  })

  test('every caller may query its identity until its user or key is deleted', async () => {
    const { call, userKey, close } = await openServer()
    const own = await call('GetCallerIdentity')
    assert.deepEqual([own.Data.IdentityType, own.Data.UserName], ['Account', undefined])
    const [all, none] = [await userKey('all', undefined), await userKey('none', [])]
    const identity = (key: Key) => call('GetCallerIdentity', {}, key)
    const { AccountId, AccountName } = own.Data
    const user = { AccountId, AccountName, IdentityType: 'RAMUser' }
    assert.deepEqual((await identity(all)).Data, { ...user, UserName: 'all' })
    assert.deepEqual((await identity(none)).Data, {
      ...user,
      UserName: 'none',
      AllowedActions: { Action: [] },
    })
    await call('SetUserPermissions', { UserName: 'none', 'AllowedAction.1': 'iot:Query*' })
    assert.deepEqual((await identity(none)).Data.AllowedActions, { Action: ['iot:Query*'] })
    assert.equal((await call('QueryDevice', { ProductKey: credentials.productKey }, none)).Success, true)
    await call('DeleteUser', { UserName: 'none' })
    assert.equal((await identity(none)).Code, 'InvalidAccessKeyId.NotFound')
    assert.equal((await call('DeleteUser', { UserName: 'none' })).Code, 'iot.access.NotExistedUser')
    await call('UpdateAccessKey', { UserAccessKeyId: all.id, Status: 'Inactive' })
    assert.equal((await identity(all)).Code, 'InvalidAccessKeyId.Inactive')
    await call('UpdateAccessKey', { UserAccessKeyId: all.id, Status: 'Active' })
    assert.equal((await identity(all)).Success, true)
    await close()
  })

  test('a key that was made signs; it takes out of use the one that made it, and itself never', async () => {
    const { call, close } = await openServer()
    const { AccessKeyId: id, AccessKeySecret: secret } = (await call('CreateAccessKey')).Data
    for (const [action, parameters] of [
      ['DeleteAccessKey', {}],
      ['UpdateAccessKey', { Status: 'Inactive' }],
    ] as const) {
      const refused = await call(action, { UserAccessKeyId: id, ...parameters }, { id, secret })
      assert.equal(refused.Code, 'iot.access.AccessKeyInUse', action)
    }
    const active = { UserAccessKeyId: id, Status: 'Active' }
    assert.equal((await call('UpdateAccessKey', active, { id, secret })).Success, true)
    assert.equal((await call('DeleteAccessKey', { UserAccessKeyId: 'testid' }, { id, secret })).Success, true)
    assert.equal((await call('GetCallerIdentity')).Code, 'InvalidAccessKeyId.NotFound')
    const { AccessKey } = (await call('ListAccessKeys', {}, { id, secret })).Data
    assert.deepEqual(
      AccessKey.map((key: object) => Object.keys(key)),
      [['AccessKeyId', 'Status', 'GmtCreate']],
    )
    await close()
  })
})

test('a secret that was made is in no record and in no recent call', async () => {
  const { call, records, close } = await openServer()
  const { AccessKeySecret } = (await call('CreateAccessKey')).Data
  const { Call } = (await call('ListRecentCalls')).Data
  assert.equal(Call[0].Action, 'CreateAccessKey')
  assert.ok(!JSON.stringify([records, Call]).includes(AccessKeySecret))
  await close()
})

test('a quota counts at once, and goes back to the declared one', async () => {
  const { call, clock, close } = await openServer({ quota: true })
  const quotaOf = async (action: string) =>
    (await call('ListQuotas')).Data.Quota.find(({ Action }: { Action: string }) => Action === action)
  const query = () => call('QueryProduct', { ProductKey: credentials.productKey })
  await call('SetQuota', { ActionName: 'QueryProduct', PerSecond: '1' })
  assert.deepEqual(await quotaOf('QueryProduct'), {
    Action: 'QueryProduct',
    PerSecond: 1,
    DeclaredPerSecond: 50,
  })
  assert.deepEqual([(await query()).Success, (await query()).Code], [true, 'Throttling.User'])
  await call('SetQuota', { ActionName: 'QueryProduct' })
  assert.equal((await quotaOf('QueryProduct')).PerSecond, 50)
  assert.equal((await query()).Success, true)
  clock.advance(1000)
  assert.equal((await call('ListQuotas')).Data.Quota.length, actions.length)
  await close()
})

test('recent calls are those of people’s work, newest first; counts are of all', async () => {
  const { call, clock, close } = await openServer()
  await call('GetCallerIdentity')
  await call('QueryProduct', { ProductKey: 'none' })
  clock.advance(1)
  await call('BatchCheckImportDevice', {
    ProductKey: credentials.productKey,
    'DeviceList.1.DeviceName': 'lamp-1',
    'DeviceList.1.DeviceSecret': 'secret',
  })
  await call('QueryProduct', { ProductKey: 'none' }, { ...ownKey, secret: 'wrong' })
  const { Call } = (await call('ListRecentCalls', { MaxResults: '10' })).Data
  const { CallCount } = (await call('ListCallCounts')).Data
  assert.deepEqual(
    Call.map(({ Action, Result, Code, Entries, Devices }: Record<string, unknown>) =>
      [Action, Result, Code, Entries, Devices].join(' '),
    ),
    ['BatchCheckImportDevice answered  1 1', 'QueryProduct failed iot.prod.NotExistedProduct 0 0'],
  )
  assert.deepEqual(
    CallCount.map(({ Action, Calls, Failed, Devices }: Record<string, unknown>) =>
      [Action, Calls, Failed, Devices].join(' '),
    ),
    [
      'BatchCheckImportDevice 1 0 1',
      'GetCallerIdentity 1 0 0',
      'ListRecentCalls 1 0 0',
      'QueryProduct 1 1 0',
    ],
  )
  assert.equal((await call('ListRecentCalls', { MaxResults: '1' })).Data.Call.length, 1)
  await close()
})

/** Every entry of a list, page after page. */
async function walked(
  ask: (token: Record<string, string>) => Promise<Record<string, unknown>>,
  member: string,
): Promise<Record<string, unknown>[]> {
  const entries: Record<string, unknown>[] = []
  for (let token: Record<string, string> = {}; ; ) {
    const data = await ask(token)
    const page = data[member] as Record<string, unknown>[]
    assert.ok(page.length > 0 || entries.length === 0, 'an empty page follows none')
    entries.push(...page)
    if (data.NextToken === undefined) return entries
    token = { NextToken: data.NextToken as string }
  }
}

const importNames = (server: Awaited<ReturnType<typeof openServer>>, product: Product, names: string[]) =>
  server.registry.batches.import(
    server.account,
    product,
    devicesOf(
      columnsOf(
        ['DeviceName', 'DeviceSecret', 'Sn'],
        names.map((DeviceName) => ({ DeviceName, DeviceSecret: 'the-secret' })),
      ),
    ),
  )

async function productOf({ registry, account }: Awaited<ReturnType<typeof openServer>>) {
  const instance = await registry.instances.find(account, undefined)
  return (await registry.products.find(instance!, credentials.productKey))!
}

test('a walk by names meets every device once, in the order of bytes, whatever the size of a page', async () => {
  const server = await openServer()
  const { call, close } = server
  const product = await productOf(server)
  const bytes = repeatableRandom('names').bytes(3000)
  const alphabet = 'aAbB09-_@.:'
  const letter = (i: number) => alphabet[bytes[i]! % alphabet.length]!
  const names = [
    ...new Set(Array.from({ length: 500 }, (_, i) => [0, 1, 2, 3, 4].map((j) => letter(5 * i + j)).join(''))),
  ]
  for (let i = 0; i < names.length; i += 100) await importNames(server, product, names.slice(i, i + 100))
  const sorted = names.toSorted((a, b) => Buffer.from(a).compare(Buffer.from(b)))
  for (const NamePrefix of ['', 'a', 'A', 'aA', 'b-', ':', 'zz', 'a%', '_', sorted[7]!]) {
    for (const MaxResults of NamePrefix === '' ? ['7', '100'] : ['1', '10', '100']) {
      const devices = await walked(
        async (token) =>
          (await call('ListDevices', { ProductKey: product.productKey, NamePrefix, MaxResults, ...token }))
            .Data,
        'Device',
      )
      assert.deepEqual(
        devices.map(({ DeviceName }) => DeviceName),
        sorted.filter((name) => name.startsWith(NamePrefix)),
        `${NamePrefix} by ${MaxResults}`,
      )
      assert.ok(!JSON.stringify(devices).includes('the-secret'))
    }
  }
  await close()
})

test('devices are listed with their serial numbers, all of them or those that are named', async () => {
  const { call, close } = await openServer()
  const { productKey: ProductKey } = credentials
  const list = {
    'DeviceList.1.DeviceName': 'lamp-1',
    'DeviceList.1.DeviceSecret': 's',
    'DeviceList.1.Sn': '0017',
  }
  await call('BatchImportDevice', {
    ProductKey,
    ...list,
    'DeviceList.2.DeviceName': 'lamp-2',
    'DeviceList.2.DeviceSecret': 's',
  })
  const listed = async (more: Record<string, string> = {}) =>
    (await call('ListDevices', { ProductKey, ...more })).Data.Device.map(
      ({ DeviceName, Sn }: { DeviceName: string; Sn?: string }) => [DeviceName, Sn],
    )
  assert.deepEqual(await listed(), [
    ['lamp-1', '0017'],
    ['lamp-2', undefined],
  ])
  const named = { 'DeviceName.1': 'lamp-2', 'DeviceName.2': 'none', 'DeviceName.3': 'lamp-1' }
  assert.deepEqual(await listed(named), [
    ['lamp-2', undefined],
    ['lamp-1', '0017'],
  ])
  await close()
})

test('a token is good for the list that it was answered for, and no other', async () => {
  const server = await openServer()
  const { call, registry, close } = server
  const product = await productOf(server)
  await importNames(server, product, ['lamp-1', 'lamp-2', 'lamp-3'])
  await importNames(server, product, ['lamp-4'])
  await importNames(server, product, ['lamp-5'])
  const one = { ProductKey: product.productKey, MaxResults: '1' }
  const { NextToken } = (await call('ListDevices', one)).Data
  const ofBatches = (await call('ListDeviceBatches', one)).Data.NextToken
  const instance = await registry.instances.find(server.account, undefined)
  const { product: other } = await registry.products.create(instance!, {
    name: 'other',
    authType: 'one-party',
  })
  const changed = `${NextToken.slice(0, -1)}${NextToken.endsWith('A') ? 'B' : 'A'}`
  const rows: [action: string, parameters: Record<string, string>][] = [
    ['ListDevices', { ...one, NextToken: changed }],
    ['ListDevices', { ...one, NextToken: `${NextToken}=` }],
    ['ListDevices', { ...one, NextToken: 'x' }],
    ['ListDevices', { ...one, NextToken: ofBatches }],
    ['ListDevices', { ...one, NextToken, NamePrefix: 'lamp' }],
    ['ListDevices', { ...one, NextToken, ProductKey: other.productKey }],
    ['ListDeviceBatches', { ...one, NextToken }],
    ['ListDeviceBatches', { MaxResults: '1', NextToken: ofBatches }],
    ['ListDeviceBatches', { ...one, NextToken: ofBatches, Kind: 'Import' }],
  ]
  for (const [action, parameters] of rows) {
    const answer = await call(action, parameters)
    assert.equal(answer.Code, 'iot.device.PageTokenIsIllegal', JSON.stringify(parameters))
  }
  assert.equal((await call('ListDevices', { ...one, NextToken })).Data.Device[0].DeviceName, 'lamp-2')
  await close()
})

test('batches are of the kind that made them, newest first, and a checked list is one until it is registered', async () => {
  const server = await openServer()
  const { call, registry, close } = server
  const product = await productOf(server)
  const instance = await registry.instances.find(server.account, undefined)
  const { product: lamps } = await registry.products.create(instance!, { name: 'lamps', authType: 'secret' })
  const ordinary = { ProductKey: lamps.productKey }
  await importNames(server, product, ['lamp-1', 'lamp-2'])
  await call('ImportDevice', { ProductKey: product.productKey, DeviceName: 'lamp-3', DeviceSecret: 's' })
  await call('RegisterDevice', { ...ordinary, DeviceName: 'lamp-4' })
  await call('BatchRegisterDevice', { ...ordinary, Count: '3' })
  const { ApplyId } = (
    await call('BatchCheckDeviceNames', { ...ordinary, 'DeviceName.1': 'lamp-5', 'DeviceName.2': 'lamp-6' })
  ).Data
  const listed = async (parameters: Record<string, string> = {}) =>
    (
      await walked(
        async (token) => (await call('ListDeviceBatches', { MaxResults: '2', ...parameters, ...token })).Data,
        'Batch',
      )
    ).map(({ Kind, DeviceCount, Registered }) => `${Kind} ${DeviceCount}${Registered ? '' : ' not yet'}`)
  const made = ['Register 3', 'Register 1', 'Import 1', 'Import 2']
  assert.deepEqual(await listed(), ['Check 2 not yet', ...made])
  assert.deepEqual(await listed({ Kind: 'Check' }), ['Check 2 not yet'])
  assert.deepEqual(await listed({ Kind: 'Import' }), ['Import 1', 'Import 2'])
  assert.deepEqual(await listed(ordinary), ['Check 2 not yet', 'Register 3', 'Register 1'])
  assert.deepEqual(await listed({ Kind: 'check' }).catch(() => 'refused'), 'refused')
  const checked = { ApplyId: String(ApplyId) }
  assert.deepEqual(await listed(checked), ['Check 2 not yet'])
  assert.deepEqual(await listed({ ...checked, ...ordinary, Kind: 'Check' }), ['Check 2 not yet'])
  assert.deepEqual(await listed({ ...checked, Kind: 'Register' }), [])
  assert.deepEqual(await listed({ ...checked, ProductKey: product.productKey }), [])
  assert.deepEqual(await listed({ ApplyId: String(ApplyId + 1) }), [])
  await call('BatchRegisterDeviceWithApplyId', { ...ordinary, ApplyId: String(ApplyId) })
  assert.deepEqual(await listed(), ['Register 2', ...made])
  await call('BatchCheckDeviceNames', { ...ordinary, 'DeviceName.1': 'lamp-7' })
  server.clock.advance(1)
  assert.deepEqual(await listed({ Kind: 'Check' }), ['Check 1 not yet'])
  await close()
})

test('changing a user that is deleted meanwhile reports that, and creates no key', async () => {
  const { call, registry, userKey, account, close } = await openServer()
  const { ramUser } = registry.accounts
  Object.assign(registry.accounts, {
    ramUser: async (of: number, name: string) => {
      const user = await ramUser(of, name)
      await registry.accounts.deleteRamUser(user!.id)
      return user
    },
  })
  for (const action of ['SetUserPermissions', 'CreateAccessKey', 'DeleteUser']) {
    await userKey('somebody', [])
    assert.equal((await call(action, { UserName: 'somebody' })).Code, 'iot.access.NotExistedUser', action)
  }
  assert.deepEqual(
    (await registry.accessKeys.of(account)).map(({ id }) => id),
    [ownKey.id],
  )
  await close()
})
