import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { ReadOptions } from '../../src/device-files/open.ts'
import { type Platform, platforms, presets } from '../../src/device-files/presets/presets.ts'
import { parseRecipe } from '../../src/device-files/reshape/recipe.ts'
import type { Reshape } from '../../src/device-files/reshape/reshape.ts'
import { readList } from './read-list.ts'

/** Secrets as a command makes them, but without chance. */
const secrets: ReadOptions['secrets'] = {
  hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest('hex'),
  generated: (name) => `generated-${name}`.slice(0, 32),
}

const read = (
  file: string | Uint8Array,
  reshape: Reshape,
  options: Partial<ReadOptions> = {},
  name?: string,
) => readList(file, { reshape, secrets, ...options }, name)

const hex = (digit: string) => digit.repeat(32)
const base64 = 'X+zrZv/IbzjZUnhsbWlsecLbwjndTpG0ZynXOif7V+k='
const derived = (name: string, key = base64) =>
  createHmac('sha256', key).update(name).digest('hex').slice(0, 32)

interface Case {
  readonly from: Platform
  readonly file: string
  readonly reshape?: Reshape
  readonly good: readonly string[]
}

const derive: Reshape = { secret: { kind: 'derive', column: undefined } }
const generate: Reshape = { secret: { kind: 'generate' } }

/** Exports in the shapes that the platforms' tools write. */
const exports: Readonly<Record<string, Case>> = {
  'thingsboard: a bulk import file': {
    from: 'thingsboard',
    file: 'name,type,label,ACCESS_TOKEN,serialNumber\nDevice-1,thermometer,,6B86B273FF34FCE19D6B,SN00001\n',
    good: ['Device-1 6B86B273FF34FCE19D6B SN00001'],
  },
  'thingsboard: names with blanks, changed by the person': {
    from: 'thingsboard',
    file: 'Name;Device profile;Label;Access token\nDevice 1;thermometer;;6B86B273FF34FCE19D6B\n',
    reshape: { set: { name: [parseRecipe('| replace " " -')] } },
    good: ['Device-1 6B86B273FF34FCE19D6B'],
  },
  'thingsboard: a page of devices without credentials': {
    from: 'thingsboard',
    file: '{"data":[{"id":{"entityType":"DEVICE","id":"7ae33f10"},"name":"pump-1","type":"pump","label":null}],"totalPages":1,"hasNext":false}',
    reshape: generate,
    good: ['pump-1 generated-pump-1'],
  },
  'thingsboard: an entity of version control': {
    from: 'thingsboard',
    file: '{\n "entity": {"name": "pump-1", "type": "pump"},\n "credentials": {"credentialsType": "ACCESS_TOKEN", "credentialsId": "tok1"},\n "attributes": {"SERVER": [{"key": "a"}]}\n}\n',
    good: ['pump-1 tok1'],
  },
  'ttn: CSV': {
    from: 'ttn',
    file: `id;dev_eui;join_eui;name;frequency_plan_id;lorawan_version;app_key\neui-70b3;70B3D57ED0000000;0000000000000000;ELT north 0;EU_863_870_TTN;MAC_V1_0_3;${hex('A')}\n;70B3D57ED0000001;0;x;y;z;${hex('B')}\n`,
    good: [`eui-70b3 ${hex('A')} 70B3D57ED0000000`, `eui-70b3d57ed0000001 ${hex('B')} 70B3D57ED0000001`],
  },
  'ttn: a stream of JSON': {
    from: 'ttn',
    file: `{"ids":{"device_id":"my-device","dev_eui":"0102030405060708","join_eui":"01"},"name":"My","root_keys":{"app_key":{"key":"${hex('1')}"}}}\n{"ids":{"device_id":"my-other","dev_eui":"0102030405060709"},"root_keys":{"app_key":{"key":"${hex('2')}"}}}\n`,
    good: [`my-device ${hex('1')} 0102030405060708`, `my-other ${hex('2')} 0102030405060709`],
  },
  'ttn: one pretty-printed device with arrays in it': {
    from: 'ttn',
    file: `{\n  "ids": {\n    "device_id": "my-device", "dev_eui": "0102030405060708"\n  },\n  "locations": [{"x": 1}],\n  "root_keys": { "app_key": { "key": "${hex('1')}" } }\n}\n`,
    good: [`my-device ${hex('1')} 0102030405060708`],
  },
  'ttn: an answer with end_devices': {
    from: 'ttn',
    file: `{"end_devices":[{"ids":{"device_id":"my-device","dev_eui":"0102030405060708"},"root_keys":{"app_key":{"key":"${hex('1')}"}}}]}`,
    good: [`my-device ${hex('1')} 0102030405060708`],
  },
  'chirpstack: CSV': {
    from: 'chirpstack',
    file: `devEui,name,appKey\n24e124785a000000,probe 0,${hex('a')}\n`,
    good: [`24e124785a000000 ${hex('a')}`],
  },
  'chirpstack: rows of the database of version 3': {
    from: 'chirpstack',
    file: `dev_eui,application_id,name,description,nwk_key\n\\\\x24e124785a000000,1,probe-0000,,\\\\x${hex('a')}\n\\x24e124785a000001,1,probe-0001,,\\x${hex('b')}\n`,
    good: [`24e124785a000000 ${hex('a')}`, `24e124785a000001 ${hex('b')}`],
  },
  'chirpstack: keys of version 4, where LoRaWAN 1.0 has the network key alone': {
    from: 'chirpstack',
    file: `{"result":[{"deviceKeys":{"devEui":"24e124785a000000","nwkKey":"${hex('c')}","appKey":"${hex('0')}"}}],"totalCount":1}`,
    good: [`24e124785a000000 ${hex('c')}`],
  },
  'azure: an export of IoT Hub': {
    from: 'azure',
    file: `{"id": "dev-0000", "eTag": "MA==", "status": "enabled", "authentication": {"symmetricKey": {"primaryKey": "${base64}", "secondaryKey": "x"}}, "tags": {}}\n`,
    reshape: derive,
    good: [`dev-0000 ${derived('dev-0000')}`],
  },
  'azure: identities of the az command': {
    from: 'azure',
    file: `[\n  {\n    "authentication": {\n      "symmetricKey": {"primaryKey": "${base64}", "secondaryKey": "x"},\n      "type": "sas"\n    },\n    "deviceId": "dev-0001"\n  }\n]\n`,
    reshape: { secret: { kind: 'derive', column: 'authentication.symmetricKey.primaryKey' } },
    good: [`dev-0001 ${derived('dev-0001')}`],
  },
  'azure: enrollments of DPS': {
    from: 'azure',
    file: `[{"attestation":{"type":"symmetricKey","symmetricKey":{"primaryKey":"${base64}"}},"deviceId":null,"registrationId":"reg-0001"}]`,
    reshape: derive,
    good: [`reg-0001 ${derived('reg-0001')}`],
  },
  'azure: IoT Central has no keys': {
    from: 'azure',
    file: 'IOTC_DEVICEID,IOTC_DEVICENAME\n00-0a-95-9d-68-17,Batch-1\n',
    reshape: generate,
    good: ['00-0a-95-9d-68-17 generated-00-0a-95-9d-68-17'],
  },
  'aws: bulk registration': {
    from: 'aws',
    file: '{"ThingName": "thing0000", "SerialNumber": "100", "CSR": "-----BEGIN"}\n',
    reshape: generate,
    good: ['thing0000 generated-thing0000 100'],
  },
  'aws: list-things': {
    from: 'aws',
    file: '{\n  "things": [\n    {"thingName": "MyLightBulb", "thingTypeName": "LightBulb", "attributes": {"model": "123", "wattage": "75"}, "version": 1}\n  ],\n  "nextToken": "x"\n}',
    reshape: generate,
    good: ['MyLightBulb generated-MyLightBulb'],
  },
  'emqx: users with plain passwords': {
    from: 'emqx',
    file: 'user_id,password,is_superuser\nmeter-0000,secret1,false\n',
    good: ['meter-0000 secret1'],
  },
  'emqx: hashes are no secrets': {
    from: 'emqx',
    file: '[{"user_id":"meter-0000","password_hash":"5fec","salt":"s","is_superuser":false}]',
    reshape: generate,
    good: ['meter-0000 generated-meter-0000'],
  },
  'mosquitto: a PSK file': {
    from: 'mosquitto',
    file: `meter-0000:${hex('A')}\nmeter-0001:${hex('B')}\n`,
    good: [`meter-0000 ${hex('A')}`, `meter-0001 ${hex('B')}`],
  },
  'milesight: shipping list': {
    from: 'milesight',
    file: `SN,DevEUI,APP EUI,APP Key,Model\n6785A00000000000,24E124785A000000,24E124C0002A0001,${hex('A')},EM500-UDL\n`,
    good: [`24E124785A000000 ${hex('A')} 6785A00000000000`],
  },
  'dragino: key list': {
    from: 'dragino',
    file: `DEV EUI\tAPP EUI\tAPP KEY\tDEV ADDR\tAPPSKEY\tNWKSKEY\nA84041000181C061\tA000000000000100\t${hex('A')}\t00000000\tx\ty\n`,
    good: [`A84041000181C061 ${hex('A')}`],
  },
  'thingpark: an import file': {
    from: 'thingpark',
    file: `CREATE_OTAA,F0-3D-29-10-00-F0-00-01,,MODEL/x,8899AABBCCDDEEFF,${hex('1')},,\nCREATE_ABP,F03D291000F00002,01020304,MODEL/x,,${hex('2')},,\n`,
    good: [`F03D291000F00001 ${hex('1')}`],
  },
  'tuya: authorization codes': {
    from: 'tuya',
    file: 'pid,uuid,authkey,mac\nkeyabc,f99806b5e62ca3df0000,GPwIabcdefghijklmnopqrstuvwx1maj,10:D5:61:00:00:00\n',
    good: ['f99806b5e62ca3df0000 GPwIabcdefghijklmnopqrstuvwx1maj'],
  },
  'tencent: CSV': {
    from: 'tencent',
    file: 'ProductId,DeviceName,DevicePsk\nABC123,dev0000,X+zrZv/IbzjZUnhsbWlseQ==\n',
    reshape: derive,
    good: [`dev0000 ${derived('dev0000', 'X+zrZv/IbzjZUnhsbWlseQ==')}`],
  },
  'tencent: an answer of the API': {
    from: 'tencent',
    file: '{"Response":{"TotalCount":1,"Devices":[{"DeviceName":"dev0000","DevicePsk":"abc=","Labels":[]}],"RequestId":"x"}}',
    reshape: derive,
    good: [`dev0000 ${derived('dev0000', 'abc=')}`],
  },
  'onenet: an answer of the API': {
    from: 'onenet',
    file: `{"code":0,"msg":"succ","data":{"list":[{"did":"1","name":"no0000","sec_key":"${base64}"}],"meta":{}}}`,
    reshape: derive,
    good: [`no0000 ${derived('no0000')}`],
  },
  'huawei: answers of CreateDevice': {
    from: 'huawei',
    file: `{"device_id":"5ba24f5e_sensor1","node_id":"sensor1","device_name":"dianadevice","auth_info":{"auth_type":"SECRET","secret":"${hex('3')}"},"tags":[{"tag_key":"testTagName","tag_value":"v"}]}\n`,
    good: [`5ba24f5e_sensor1 ${hex('3')} sensor1`],
  },
  'particle: device IDs alone': {
    from: 'particle',
    file: 'e00fce685feceb66ffc86f38\ne00fce686b86b273ff34fce1\n',
    reshape: generate,
    good: [
      'e00fce685feceb66ffc86f38 generated-e00fce685feceb66ffc86f',
      'e00fce686b86b273ff34fce1 generated-e00fce686b86b273ff34fc',
    ],
  },
  'particle: an answer of the API': {
    from: 'particle',
    file: '{"devices":[{"id":"e00fce685feceb66ffc86f38","name":"a","serial_number":"P044","platform_id":13,"groups":[]}],"meta":{}}',
    reshape: generate,
    good: ['e00fce685feceb66ffc86f38 generated-e00fce685feceb66ffc86f P044'],
  },
  'hivemq: credentials': {
    from: 'hivemq',
    file: 'username,password,role\nmeter-0000,secret1,device\n',
    good: ['meter-0000 secret1'],
  },
  'aliyun: a template of its console without secrets': {
    from: 'aliyun',
    file: 'DeviceName,Nickname\nmeter-0001,North_gate\n',
    reshape: generate,
    good: ['meter-0001 generated-meter-0001'],
  },
  'aliyun: an export in Chinese with decorated names': {
    from: 'aliyun',
    file: '*设备名称(必填),*设备密钥(必填),序列号\nmeter-0001,k3y1,QC1\n',
    good: ['meter-0001 k3y1 QC1'],
  },
}

suite('exports of other platforms:', () => {
  for (const [what, { from, file, reshape = {}, good }] of Object.entries(exports))
    test(what, async () => {
      for (const bytes of [file, gzipSync(file)])
        assert.deepEqual(
          await read(bytes, { from, ...reshape }).then(({ good, bad, error }) => ({ good, bad, error })),
          {
            good,
            bad: {},
            error: undefined,
          },
        )
    })
  test('there is a case of every platform', () => {
    assert.deepEqual(new Set(Object.values(exports).map(({ from }) => from)), new Set(platforms))
  })
  test('every recipe of a preset can be read', () => {
    for (const { name, secret = [], sn = [], nickname = [], tags = [] } of Object.values(presets) as {
      [K in 'name' | 'secret' | 'sn' | 'nickname' | 'tags']: readonly string[]
    }[])
      for (const recipe of [...name, ...secret, ...sn, ...nickname, ...tags])
        assert.notEqual(parseRecipe(recipe).parts.length, 0)
  })
})

test('a file that lacks the columns of a platform is refused, by what is missing and what is there', async () => {
  const { error } = await read('devEui,appKey\n24e124785a000000,abc1\n', { from: 'azure' })
  assert.match(error!, /name in "deviceId", "registrationId".*the columns are "devEui", "appKey"/)
  const lacking = await read('thingName,x\nthing-01,1\n', { from: 'aws' })
  assert.match(lacking.error!, /AWS IoT Core hold no secret.*--secret generate --secrets-out FILE/)
})

test('a platform is suggested by the columns, and not used', async () => {
  const { notes, good } = await readList('uuid,authkey,mac\nf99806b5e62ca3df0000,abc1,x\n')
  assert.match(notes.at(-1)!, /--from tuya/)
  assert.deepEqual(good, ['f99806b5e62ca3df0000 abc1'])
  const azure = await readList(
    '{"id":"dev-0000","eTag":"MA==","authentication":{"symmetricKey":{"primaryKey":"x"}}}\n',
  )
  assert.match(azure.error!, /--from azure/)
})
