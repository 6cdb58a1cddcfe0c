import assert from 'node:assert/strict'
import { test } from 'node:test'
import { credentials } from '../support/server.ts'
import { call, form, goodDevices, send, signedV1, signedV3 } from '../support/sign.ts'
import { check, served } from './served.ts'

const server = served()
const action = 'BatchCheckImportDevice'
const { productKey } = credentials

/** Sends a body under V3, which signs any bytes. */
const sendForm = (body: string) => send(server.url, { headers: signedV3(server.url, action, { body }), body })

// As browsers read them: what is no escape stands for itself.
for (const [raw, read] of [
  ['light%zz', 'light%zz'],
  ['light%', 'light%'],
  ['light%4', 'light%4'],
  ['%%41bcd', '%Abcd'],
  ['light%+1', 'light% 1'],
  ['light%e', 'light%e'],
] as const) {
  test(`the broken escape in ${raw} is read as ${JSON.stringify(read)}, in a query and in a form`, async () => {
    const name = 'DeviceList.1.DeviceName'
    for (const method of ['GET', 'POST'] as const) {
      const { [name]: _, ...signed } = signedV1(
        { Action: action, ProductKey: productKey, ...goodDevices(1), [name]: read },
        { method },
      )
      const text = `${form(Object.entries(signed))}&${name}=${raw}`
      const sent = method === 'GET' ? { method, path: `/?${text}` } : { method, body: text }
      const { status, body } = await send(server.url, sent)
      assert.deepEqual([status, body.Data?.InvalidDeviceNameList], [200, [read]], method)
    }
  })
}

for (const name of [
  'Format',
  'Action',
  'Version',
  'AccessKeyId',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'Timestamp',
  'Signature',
  'SecurityToken',
]) {
  test(`${name} that is not UTF-8 is refused by name`, async () => {
    const { [name]: _, ...others } = signedV1({ Action: action })
    const { status, body, text } = await send(server.url, {
      body: `${form(Object.entries(others))}&${name}=%ff%fe`,
    })
    assert.deepEqual([status, body?.Code ?? /<Code>(.*)<\/Code>/.exec(text)?.[1]], [400, `Invalid${name}`])
  })
}

test('a product key that is not UTF-8 is refused by name', async () => {
  const { status, body } = await sendForm(`ProductKey=%c3%28&${form(Object.entries(goodDevices(1)))}`)
  assert.deepEqual([status, body.Code], [400, 'InvalidProductKey'])
})

for (const member of ['DeviceName', 'DeviceSecret', 'Sn']) {
  test(`a ${member} that is not UTF-8 is refused with its place in the list`, async () => {
    const { [`DeviceList.2.${member}`]: _, ...others } = goodDevices(3)
    const { status, body } = await sendForm(
      `ProductKey=${productKey}&${form(Object.entries(others))}&DeviceList.2.${member}=ok%ff`,
    )
    assert.deepEqual([status, body.Code], [400, 'iot.device.InvalidDeviceParams'])
    assert.match(body.ErrorMessage, new RegExp(`DeviceList\\.2\\.${member} is not UTF-8`))
  })
}

const inherited = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']

test('names that every object inherits are but unknown parameters', async () => {
  const odd = Object.fromEntries(
    inherited.flatMap((name) => [
      [name, 'x'],
      [`${name}.1.DeviceName`, 'x'],
    ]),
  )
  const { status, body } = await check(server.url, { ...goodDevices(1), ...odd })
  assert.deepEqual([status, body.Success, body.Data], [200, true, undefined])
})

for (const name of inherited) {
  for (const [what, parameters, status, code] of [
    ['a member of the list', { [`DeviceList.1.${name}`]: 'x' }, 400, 'iot.device.InvalidDeviceParams'],
    [
      'a number in the list',
      { [`DeviceList.${name}.DeviceName`]: 'x' },
      400,
      'iot.device.InvalidDeviceParams',
    ],
    ['ProductKey', { ProductKey: name }, 200, 'iot.prod.NotExistedProduct'],
    ['IotInstanceId', { IotInstanceId: name }, 200, 'iot.system.InstanceNotFound'],
    ['Action', { Action: name }, 404, 'InvalidAction.NotFound'],
    ['Version', { Version: name }, 400, 'InvalidVersion'],
    ['Format', { Format: name }, 400, 'InvalidParameter.Format'],
    ['AccessKeyId', { AccessKeyId: name }, 404, 'InvalidAccessKeyId.NotFound'],
    ['SignatureMethod', { SignatureMethod: name }, 400, 'InvalidSignatureMethod'],
  ] as const) {
    test(`${name} as ${what} is ${code}`, async () => {
      const all = { ProductKey: productKey, ...goodDevices(1), ...parameters } as Record<string, string>
      const answer = await call(server.url, action, all)
      const told = answer.body?.Code ?? /<Code>(.*)<\/Code>/.exec(answer.text)?.[1]
      assert.deepEqual([answer.status, told], [status, code])
    })
  }
}

test('__proto__ is a legal device name like any other', async () => {
  const { body } = await check(server.url, {
    'DeviceList.1.DeviceName': '__proto__',
    'DeviceList.1.DeviceSecret': 'constructor',
    'DeviceList.2.DeviceName': '__proto__',
    'DeviceList.2.DeviceSecret': 'toString',
  })
  assert.deepEqual(body.Data.RepeatedDeviceNameList, ['__proto__'])
  assert.deepEqual(body.Data.InvalidDeviceNameList, [])
})

test('a repeated parameter counts once if its values are equal, and is refused if not', async () => {
  const list = form(Object.entries(goodDevices(1)))
  const same = await sendForm(`ProductKey=${productKey}&ProductKey=${productKey}&${list}`)
  assert.deepEqual([same.status, same.body.Success], [200, true])
  const other = await sendForm(`ProductKey=${productKey}&ProductKey=other&${list}`)
  assert.deepEqual([other.status, other.body.Code], [400, 'InvalidProductKey'])
  const entry = await sendForm(`ProductKey=${productKey}&${list}&${list}`)
  assert.deepEqual([entry.status, entry.body.Code], [400, 'iot.device.InvalidDeviceParams'])
})

for (const path of ['/', '/?', '/?&', '/?&&&=&=x&', '/?Action', '/?Action=']) {
  test(`GET ${path} misses its Action, in XML`, async () => {
    const { status, headers, text } = await send(server.url, { method: 'GET', path })
    assert.equal(status, 400)
    assert.equal(headers['content-type'], 'text/xml;charset=utf-8')
    assert.match(text, /<Error>.*<Code>MissingAction<\/Code>/s)
  })
}
