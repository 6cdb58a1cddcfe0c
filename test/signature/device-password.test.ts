import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import {
  parseClientId,
  parseUserName,
  passwordContent,
  signHashOf,
  takesExtendedRrpc,
} from '../../src/signature/device-password.ts'

const parametersOf = (clientId: string) => parseClientId(clientId).parameters

test('the example of the documentation has its password', () => {
  const clientId = parseClientId('12345|securemode=3,signmethod=hmacsha1,timestamp=789|')
  const { deviceName, productKey } = parseUserName('device&pk')
  const content = passwordContent(clientId, deviceName, productKey!)
  assert.equal(content, 'clientId12345deviceNamedeviceproductKeypktimestamp789')
  const hash = signHashOf(clientId.parameters!)!
  assert.equal(hash, 'sha1')
  const password = createHmac(hash, 'secret').update(content).digest('hex').toUpperCase()
  assert.equal(password, 'FAFD82A3D602B37FB0FA8B7892F24A477F851A14')
})

const clientIds: readonly (readonly [string, string, Record<string, string> | undefined])[] = [
  ['plain', 'plain', undefined],
  ['', '', undefined],
  ['one|bar', 'one', undefined],
  ['text|a=1|behind', 'text', undefined],
  ['id||', 'id', {}],
  ['|securemode=3|', '', { securemode: '3' }],
  [
    'pk&dn|securemode=3,signmethod=hmacsha1,timestamp=1,lan=NodeJS,_v=1.2.8|',
    'pk&dn',
    {
      securemode: '3',
      signmethod: 'hmacsha1',
      timestamp: '1',
      lan: 'NodeJS',
      _v: '1.2.8',
    },
  ],
  // aliyun-iot-device-sdk 1.0.1
  [
    'id|securemode=3,\n        signmethod=hmacsha1,\n        timestamp = 5 \n      |',
    'id',
    {
      securemode: '3',
      signmethod: 'hmacsha1',
      timestamp: '5',
    },
  ],
  // Link SDK C 4.1.0
  [
    'pk.dn|timestamp=2524608000000,_ss=1,_v=sdk-c-4.1.0,securemode=3,signmethod=hmacsha256,ext=3,|',
    'pk.dn',
    {
      timestamp: '2524608000000',
      _ss: '1',
      _v: 'sdk-c-4.1.0',
      securemode: '3',
      signmethod: 'hmacsha256',
      ext: '3',
    },
  ],
  ['id|novalue,a=,b==c|\r\n', 'id', { a: '', b: '=c' }],
]

for (const [clientId, id, parameters] of clientIds) {
  test(`the client id ${JSON.stringify(clientId)}`, () => {
    const parsed = parseClientId(clientId)
    assert.equal(parsed.id, id)
    assert.deepEqual(parsed.parameters && Object.fromEntries(parsed.parameters), parameters)
  })
}

test('signmethod is read in any case, has a default, and may be unknown', () => {
  const hashOf = (signmethod: string) => signHashOf(parametersOf(`i|${signmethod}|`)!)
  assert.equal(hashOf(''), 'md5')
  assert.equal(hashOf('signmethod=hmacmd5'), 'md5')
  assert.equal(hashOf('signmethod=HmacSHA1'), 'sha1')
  assert.equal(hashOf('signmethod=HMACSHA256'), 'sha256')
  assert.equal(hashOf('signmethod=Sha256'), 'sha256')
  for (const unknown of ['hmacsha512', '', 'toString', '__proto__'])
    assert.equal(hashOf(`signmethod=${unknown}`), undefined)
})

test('bit 0 of ext enables RRPC on any topic', () => {
  const asks = (clientId: string) => takesExtendedRrpc(parametersOf(clientId))
  assert.deepEqual(['a', 'a||', 'a|ext=0|', 'a|ext=2|', 'a|ext=x|', 'a|ext=1|', 'a|ext=3,|'].map(asks), [
    false,
    false,
    false,
    false,
    false,
    true,
    true,
  ])
})

test('what is signed has a timestamp only if one was sent', () => {
  const content = (clientId: string) => passwordContent(parseClientId(clientId), 'dn', 'pk')
  assert.equal(content('a&b|securemode=3|'), 'clientIda&bdeviceNamednproductKeypk')
  assert.equal(content('|timestamp=0|'), 'clientIddeviceNamednproductKeypktimestamp0')
})

test('a user name contains a ProductKey after an ampersand, or none', () => {
  assert.deepEqual(parseUserName('dn&pk'), { deviceName: 'dn', productKey: 'pk' })
  assert.deepEqual(parseUserName('d.n:@'), { deviceName: 'd.n:@', productKey: undefined })
  assert.deepEqual(parseUserName('&'), { deviceName: '', productKey: '' })
})
