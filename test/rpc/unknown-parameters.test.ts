import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { commonV1, openApiServer, signedV1, signedV3, type TextAnswer } from '../support/api-server.ts'
import { credentials } from '../support/server.ts'

const server = await openApiServer({ quota: false })
after(() => server.close())
const named = ({ headers }: TextAnswer) => headers['x-rollcall-unknown-parameters']
const product = { ProductKey: credentials.productKey }
const cloud = (more: Record<string, string>) =>
  server.ask(signedV1({ ...commonV1('QueryProduct'), ...product, ...more }))

describe('what the header names', () => {
  const long = 'x'.repeat(70)
  const cases: [what: string, parameters: Record<string, string>, names: string | undefined][] = [
    ['none', {}, undefined],
    ['a name in another case', { productKey: 'a' }, 'productKey'],
    ['a name without a value', { Foo: '' }, 'Foo'],
    [
      'a list of another operation',
      { 'DeviceList.2.Sn': '1', 'DeviceList.10.Sn': '1' },
      'DeviceList.10.Sn, DeviceList.2.Sn',
    ],
    ['a member of what is no list', { 'ProductKey.1': 'a' }, 'ProductKey.1'],
    ['line ends', { 'Foo\r\nSet-Cookie: a=b': '1' }, 'Foo...'],
    ['a JSON text that was sent as a form', { '{"DeviceSecret":"geheim"}': '' }, '...'],
    ['characters beyond ASCII', { 产品: '1' }, '%E4%BA%A7%E5%93%81'],
    ['a comma', { 'a,b': '1', c: '2' }, 'a..., c'],
    ['a long name', { [long]: '1' }, `${'x'.repeat(64)}...`],
    [
      'names of objects',
      { __proto__x: '1', constructor: '1', toString: '1' },
      '__proto__x, constructor, toString',
    ],
    [
      'common ones',
      { RegionId: 'a', ServiceCode: 'a', AccountId: 'a', ApiProduct: 'a', ApiRevision: 'a' },
      undefined,
    ],
  ]
  for (const [what, parameters, names] of cases)
    test(what, async () => {
      const answer = await cloud(parameters)
      assert.equal(named(answer), names)
      assert.deepEqual(JSON.parse(answer.body).Success, true)
    })

  test('the first ten in byte order, in a header of less than 3 KB', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`${'灯'.repeat(30)}${String(i).padStart(3, '0')}`, '1']),
    )
    const names = named(await cloud(many))!
    assert.equal(names.split(', ').length, 1, 'cut at 64 bytes they are one')
    const short = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`n${String(i).padStart(3, '0')}`, '1']),
    )
    assert.equal(named(await cloud(short)), Array.from({ length: 10 }, (_, i) => `n00${i}`).join(', '))
    const wide = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`${i}${'ü'.repeat(40)}`, '1']))
    assert.ok(named(await cloud(wide))!.length < 3000)
  })

  test('with signature V3 too, and in refusals and failures', async () => {
    const v3 = await server.ask(signedV3('QueryProduct', { ...product, Foo: '1' }))
    assert.equal(named(v3), 'Foo')
    const missing = await server.ask(signedV1({ ...commonV1('QueryProduct'), productKey: 'a' }))
    assert.equal(JSON.parse(missing.body).Code, 'MissingProductKey')
    assert.equal(named(missing), 'productKey')
    const failed = await server.ask(signedV1({ ...commonV1('QueryProduct'), ProductKey: 'none', Foo: '1' }))
    assert.equal(JSON.parse(failed.body).Code, 'iot.prod.NotExistedProduct')
    assert.equal(named(failed), 'Foo')
  })

  test('a list that the quick scan keeps in columns is named as one that it leaves alone', async () => {
    const list = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`Other.${i + 1}.Name`, 'a']).concat(
        Array.from({ length: 12 }, (_, i) => [`Other.${i + 1}.Code`, 'a']),
      ),
    )
    const quick = named(await cloud(list))
    const general = named(await cloud({ ...list, 'Other.1.Name': 'ä', 'A%': '1' }))
    assert.match(quick!, /^Other\.1\.Code, Other\.1\.Name, Other\.10\.Code, /)
    assert.equal(quick!.split(', ').length, 10)
    assert.equal(general, ['A...', ...quick!.split(', ').slice(0, 9)].join(', '))
  })

  test('the record of the call has them for the log; that of a call without any has no member for them', async () => {
    server.records.length = 0
    await cloud({ Foo: '1' })
    await cloud({})
    assert.deepEqual(
      server.records.map(({ unknownParameters }) => unknownParameters),
      [['Foo'], undefined],
    )
  })
})

test('each of Rollcall’s own operations refuses a parameter that it does not have, before it does anything', async () => {
  for (const { name, version } of actions.filter(({ version }) => version === '2026-11-01')) {
    const { status, body } = await server.ask(
      signedV1({ ...commonV1(name), Version: version, 'Allow.1': 'iot:*', UserName: 'x', ProductKey: 'x' }),
    )
    const { Code, Message } = JSON.parse(body)
    assert.deepEqual([status, Code], [400, 'InvalidParameter'], name)
    assert.match(Message, /^Specified parameter (Allow\.1|ProductKey|UserName) is not valid\. /)
    assert.ok(Message.includes(`${name} has no such parameter; it takes `), Message)
  }
})

test('no operation is surprised by what any call may carry', async () => {
  const any = {
    RegionId: 'cn-shanghai',
    ServiceCode: 'iot',
    AccountId: '1',
    ApiProduct: 'Iot',
    ApiRevision: '2018-01-20',
    IotInstanceId: '',
    SecurityToken: '',
  }
  for (const { name, version } of actions) {
    const answer = await server.ask(signedV1({ ...commonV1(name), Version: version, ...any }))
    assert.equal(named(answer), undefined, name)
    assert.notEqual(JSON.parse(answer.body).Code, 'InvalidParameter', name)
  }
})

test('a RAM user that may not call an operation learns nothing of its parameters', async () => {
  const [account] = await server.registry.accounts.all()
  const user = await server.registry.accounts.createRamUser(account!.id, 'none', [])
  const key = await server.registry.accessKeys.create(account!.id, user.id)
  const common = { ...commonV1('SetUserPermissions'), Version: '2026-11-01', AccessKeyId: key.id }
  const answer = await server.ask(signedV1({ ...common, 'Allow.1': 'iot:*' }, { secret: key.secret }))
  assert.equal(JSON.parse(answer.body).Code, 'iot.common.RamActionPermissionDeny')
  assert.equal(named(answer), undefined)
})
