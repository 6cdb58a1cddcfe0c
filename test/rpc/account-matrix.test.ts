import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { describe } from '../../src/api/describe.ts'
import { commonV1, openApiServer, signedV1 } from '../support/api-server.ts'
import { credentials } from '../support/server.ts'

/**
 * Every operation, called by one account with everything of another account's that its parameters can name: it
 * answers as for what does not exist, and the other account stays as it was. The operations and their parameters are
 * taken from the declarations, so one that is added later is tried too.
 */
const server = await openApiServer({ quota: false })
after(() => server.close())

interface Key {
  readonly id: string
  readonly secret: string
}
type Fields = Readonly<Record<string, string>>

const { registry } = server
const theirs: Key = { id: credentials.accessKeyId, secret: credentials.accessKeySecret }
const stranger = await registry.accounts.create('stranger')
await registry.instances.create(stranger.id, 'public', 'own')
const instanceId = 'iot-stranger1'
await registry.instances.create(stranger.id, 'enterprise-standard', 'own', instanceId)
const own: Key = await registry.accessKeys.create(stranger.id, undefined)

const versionOf = new Map<string, string>(actions.map(({ name, version }) => [name, version]))
async function call({ id, secret }: Key, action: string, fields: Fields) {
  const common = { ...commonV1(action), Version: versionOf.get(action)!, AccessKeyId: id }
  const { body } = await server.ask(signedV1({ ...common, ...fields }, { secret }))
  return JSON.parse(body)
}
/** The same where it must succeed. */
async function made(key: Key, action: string, fields: Fields) {
  const answer = await call(key, action, fields)
  assert.equal(answer.Success, true, `${action}: ${JSON.stringify(answer)}`)
  return answer
}

/** One object of each kind in an account, with `tag` in the names. */
async function fill(key: Key, tag: string) {
  const create = async (name: string, more: Fields = {}) =>
    (await made(key, 'CreateProduct', { ProductName: `${tag}_${name}`, NodeType: '0', ...more })).ProductKey
  const gateway = await create('gateway', { AuthType: 'one-party' })
  const ordinary = await create('ordinary')
  const device = { ProductKey: gateway, DeviceName: `${tag}-lamp-1` }
  const { Data: imported } = await made(key, 'ImportDevice', {
    ...device,
    DeviceSecret: `${tag}-secret`,
    Nickname: `${tag}_nick`,
  })
  for (const n of [2, 3])
    await made(key, 'ImportDevice', {
      ...device,
      DeviceName: `${tag}-lamp-${n}`,
      DeviceSecret: `${tag}-secret`,
    })
  // Enough for two pages of every list.
  const { Data: batch } = await made(key, 'BatchRegisterDevice', { ProductKey: ordinary, Count: '3' })
  await made(key, 'BatchRegisterDevice', { ProductKey: ordinary, Count: '1' })
  const { Data: checked } = await made(key, 'BatchCheckDeviceNames', {
    ProductKey: ordinary,
    'DeviceName.1': `${tag}-checked`,
  })
  const { Data: group } = await made(key, 'CreateDeviceGroup', { GroupName: `${tag}_group`, GroupDesc: tag })
  const members = { 'Device.1.ProductKey': gateway, 'Device.1.DeviceName': device.DeviceName }
  await made(key, 'BatchAddDeviceGroupRelations', { GroupId: group.GroupId, ...members })
  await made(key, 'SaveDeviceProp', { ...device, Props: `{"${tag}color":"${tag}"}` })
  await made(key, 'CreateProductTags', {
    ProductKey: gateway,
    'ProductTag.1.TagKey': `${tag}color`,
    'ProductTag.1.TagValue': tag,
  })
  await made(key, 'CreateUser', { UserName: `${tag}-user`, 'AllowedAction.1': 'iot:Query*' })
  const topic = { TopicShortName: `/${tag}/state`, Operation: 'ALL' }
  const { TopicId } = await made(key, 'CreateProductTopic', { ProductKey: gateway, ...topic })
  // Another account may use the same ID, so it does not have the tag that marks what an account must not see.
  const jobs = [`${key.id}-job-0001`, `${key.id}-job-0002`]
  for (const JobId of jobs)
    await made(key, 'CreateImportJob', { ProductKey: gateway, JobId, FileName: `${tag}.csv` })
  const { Data: userKey } = await made(key, 'CreateAccessKey', { UserName: `${tag}-user` })
  const token = async (action: string, fields: Fields) => {
    const { Data, NextToken = Data.NextToken } = await made(key, action, fields)
    assert.ok(NextToken, action)
    return NextToken as string
  }
  return {
    gateway,
    ordinary,
    deviceName: device.DeviceName,
    iotId: imported.IotId as string,
    applyId: String(batch.ApplyId),
    checkedId: String(checked.ApplyId),
    groupId: group.GroupId as string,
    topicId: String(TopicId),
    jobs,
    userName: `${tag}-user`,
    userKey: userKey.AccessKeyId as string,
    tokens: {
      QueryDevice: await token('QueryDevice', { ProductKey: gateway, PageSize: '1' }),
      ListDevices: await token('ListDevices', { ProductKey: gateway, MaxResults: '1' }),
      ListDeviceBatches: await token('ListDeviceBatches', { MaxResults: '1' }),
      ListImportJobs: await token('ListImportJobs', { MaxResults: '1' }),
    } as Record<string, string>,
  }
}

const foreign = await fill(theirs, 'theirs')
const mine = await fill(own, 'mine')
// An IotId of the store's that no device has any more.
const gone = { ProductKey: mine.gateway, DeviceName: 'mine-gone' }
const { Data: deleted } = await made(own, 'ImportDevice', { ...gone, DeviceSecret: 'mine-secret' })
await made(own, 'DeleteDevice', { IotId: deleted.IotId })

/** A value of another account's, and one like it that nothing has. */
type Pair = readonly [foreign: string, nothing: string]
const names = (foreign: string): Pair => [foreign, foreign.replace('theirs', 'nobody')]

/** Objects of an account that a parameter can name, by the last part of its name. */
const ids: Readonly<Record<string, (action: string) => readonly Pair[]>> = {
  ProductKey: () => [
    [foreign.gateway, 'a1Nobody001'],
    [foreign.ordinary, 'a1Nobody001'],
    [credentials.instanceProductKey, 'a1Nobody001'],
  ],
  IotInstanceId: () => [[credentials.instanceId, 'iot-nobody01']],
  IotId: () => [[foreign.iotId, deleted.IotId]],
  DeviceName: () => [names(foreign.deviceName)],
  NamePrefix: () => [names('theirs')],
  GroupId: () => [[foreign.groupId, 'nobody0000000001']],
  SuperGroupId: () => [[foreign.groupId, 'nobody0000000001']],
  TopicId: () => [[foreign.topicId, '99999999']],
  GroupName: () => [names('theirs_group')],
  ProductName: () => [names('theirs_gateway')],
  ApplyId: () => [
    [foreign.applyId, '9999999'],
    [foreign.checkedId, '9999999'],
  ],
  UserName: () => [names(foreign.userName)],
  UserAccessKeyId: () => [
    [foreign.userKey, 'nobodysAccessKey'],
    [theirs.id, 'nobodysAccessKey'],
  ],
  JobId: (action) => [
    action === 'CreateImportJob'
      ? [foreign.jobs[1]!, 'other-job-0002']
      : [foreign.jobs[0]!, 'other-job-0001'],
  ],
  ImportJobId: () => [[foreign.jobs[0]!, 'other-job-0001']],
  NextToken: (action) => {
    // No job here has so many batches that its undo takes several calls.
    const token = foreign.tokens[action === 'UndoImportJob' ? 'ListImportJobs' : action]!
    return [[token, token.replace(/.{4}$/, 'AAAA')]]
  },
  TagKey: () => [names('theirscolor')],
  PropKey: () => [names('theirscolor')],
}

/** Parameters that name nothing which an account has. */
const values =
  /^(Count|DeviceSecret|Sn|Manufacturer|DeviceModel|DeviceId|DeviceNickname|Nickname|GroupDesc|GroupType|NodeType|DataFormat|Description|AliyunCommodityCode|Id2|ProtocolType|NetType|JoinPermissionId|ResourceGroupId|AuthType|CategoryKey|PublishAuto|ValidateType|AllowedAction|AllowAll|Kind|MaxResults|CurrentPage|PageSize|PageNo|Status|DevEui|PinCode|JoinEui|AppKey|LoraNodeType|Props|ActionName|PerSecond|DryRun|ProductTagKey|GroupTypes|TagValue|MessageContent|Qos|CorrelationData|ContentType|PayloadFormatIndicator|MessageExpiryInterval|ResponseTopic|ResponseTopicTemplateName|TopicFullName|TopicShortName|TopicTemplateName|Topic|RequestBase64Byte|Timeout|Items|Args|Identifier|Operation|Desc|Key|Value|EnableProxySubscribe|Codec|Retained|TopicAlias|Period|FileName|State|AcceptedCount|RejectedCount|SkippedCount|Reasons|SetsAttributes)$/

/** Values of the caller's own, with which an operation gets as far as the parameter that is tried. */
const usual: Fields = {
  DeviceSecret: 'secret',
  Count: '1',
  NodeType: '0',
  PageNo: '1',
  PageSize: '10',
  CurrentPage: '1',
  Nickname: 'nick_1',
  Props: '{"size":"1"}',
  MessageContent: 'aGVsbG8=',
  RequestBase64Byte: 'aGVsbG8=',
  Timeout: '1000',
  Items: '{"a":1}',
  Args: '{}',
  Identifier: 'blink',
  TopicFullName: '/lamp/set',
  TopicShortName: 'set',
  Topic: '/lamp/set',
  ProductTagKey: 'size',
  ActionName: 'QueryDevice',
  PerSecond: '50',
  PropKey: 'size',
  TagKey: 'size',
  // That of the other account, so that a search by its key would find something.
  TagValue: 'theirs',
  GroupName: 'mine_new',
  ProductName: 'mine_new',
  UserName: 'mine-new',
  DeviceName: 'mine-new',
  GroupId: mine.groupId,
  Operation: 'ALL',
  Manufacturer: 'mine',
  FileName: 'mine.csv',
  JobId: mine.jobs[0]!,
}

/** The last part of a parameter's name that is one: ProductKey of Device.N.ProductKey, IotId of IotId.N. */
const partOf = (field: string) => field.replace(/\.N$/, '').split('.').at(-1)!

function usualFor(action: string, field: string): string | undefined {
  const part = partOf(field)
  if (part === 'ProductKey')
    return /Register|BatchCheckDeviceNames/.test(action) ? mine.ordinary : mine.gateway
  if (part === 'IotInstanceId') return instanceId
  if (part === 'ApplyId') return mine.applyId
  if (part === 'Status') return action === 'UpdateAccessKey' ? 'Inactive' : '0'
  return usual[part]
}

/** The parameters of a call with one of them as it is to be tried. */
function callWith(action: string, fields: readonly string[], tried: string, value: string): Fields {
  const given = fields
    .filter((field) => field === tried || needed(action, field, tried))
    .map((field): [string, string | undefined] => [
      field.replace('.N', '.1'),
      field === tried ? value : usualFor(action, field),
    ])
  return Object.fromEntries(given.filter((one): one is [string, string] => one[1] !== undefined))
}

/** IotId wins over the other names of a device; of two lists that are two ways to say it one is sent. */
function needed(action: string, field: string, tried: string): boolean {
  const lists = ['DeviceName.N', 'DeviceNameList.N.DeviceName', 'DeviceNameList.N.DeviceNickname']
  if (action === 'BatchCheckDeviceNames' && lists.includes(field))
    return field.startsWith(tried.split('.')[0]!)
  // Required by these; the others act in the public instance without it.
  if (field === 'IotInstanceId') return /Check|Import/.test(action) && /VehicleDevice$/.test(action)
  return !/IotId$/.test(field.replace('.N', ''))
}

/** An answer without what differs in any case: the RequestId, the value that was tried, and what was drawn. */
function told(answer: Record<string, unknown>, value: string): unknown {
  const { RequestId: _, Recommend: __, ...rest } = answer
  const drawn = new Set([
    'AccessKeyId',
    'AccessKeySecret',
    'ProductKey',
    'ProductSecret',
    'GroupId',
    'TopicId',
    'IotId',
    'DeviceSecret',
    'ApplyId',
    'NextToken',
  ])
  const text = JSON.stringify(rest, (key, member) =>
    drawn.has(key) && rest.Success === true ? `<${key}>` : member,
  )
  return JSON.parse(text.replaceAll(JSON.stringify(value).slice(1, -1), '<tried>'))
}

/** All that an account can be told of what it has. */
async function viewOf(key: Key, { gateway, ordinary, groupId, applyId, deviceName }: typeof foreign) {
  const asked: [action: string, fields: Fields][] = [
    ['ListInstances', {}],
    ['ListUsers', {}],
    ['ListAccessKeys', {}],
    ['ListQuotas', {}],
    ['ListDeviceBatches', {}],
    ['ListImportJobs', {}],
    ['QueryProductList', { CurrentPage: '1', PageSize: '200' }],
    ['QueryDeviceGroupList', {}],
    ['QueryDeviceGroupInfo', { GroupId: groupId }],
    ['QueryDeviceListByDeviceGroup', { GroupId: groupId }],
    ['QueryPageByApplyId', { ApplyId: applyId }],
    ['QueryDeviceProp', { ProductKey: gateway, DeviceName: deviceName }],
    ['ListProductTags', { ProductKey: gateway }],
    ...[gateway, ordinary].flatMap((ProductKey): [string, Fields][] => [
      ['QueryProduct', { ProductKey }],
      ['QueryDevice', { ProductKey, PageSize: '50' }],
    ]),
  ]
  const answers = []
  for (const [action, fields] of asked) {
    const { RequestId: _, ...rest } = await made(key, action, fields)
    answers.push([action, rest])
  }
  return answers
}

const before = await viewOf(theirs, foreign)

for (const action of actions) {
  const { name } = action
  const fields = describe(action).parameters.map((field) => field.name)

  test(`${name} reveals nothing of another account`, async () => {
    for (const field of fields) {
      const pairs = ids[partOf(field)]?.(name)
      assert.ok(pairs !== undefined || values.test(partOf(field)), `${field}: say what it can name`)
      for (const [value, nothing] of pairs ?? []) {
        const [first, second] = [
          await call(own, name, callWith(name, fields, field, value)),
          await call(own, name, callWith(name, fields, field, nothing)),
        ]
        assert.deepEqual(told(first, value), told(second, nothing), `${field}=${value}`)
        const leaked = JSON.stringify(told(first, value)).match(/theirs[\w-]*/g) ?? []
        assert.deepEqual(leaked, [], `${field}=${value}`)
      }
    }
    if (/^(List|Query|Get)/.test(name)) {
      const answer = await call(own, name, callWith(name, fields, '', ''))
      assert.doesNotMatch(JSON.stringify(told(answer, usual.TagValue!)), /theirs/)
    }
    assert.deepEqual(await viewOf(theirs, foreign), before)
  })
}

test('every value that is tried is one that its owner could have used', async () => {
  await made(theirs, 'QueryDeviceInfo', { IotId: foreign.iotId })
  await made(theirs, 'QueryProductList', {
    CurrentPage: '1',
    PageSize: '1',
    IotInstanceId: credentials.instanceId,
  })
  for (const [action, NextToken] of Object.entries(foreign.tokens)) {
    const ProductKey = /^List(DeviceBatches|ImportJobs)$/.test(action) ? {} : { ProductKey: foreign.gateway }
    await made(theirs, action, { ...ProductKey, NextToken })
  }
  await made(theirs, 'QueryDeviceGroupInfo', { GroupId: foreign.groupId })
  await made(theirs, 'UpdateAccessKey', { UserAccessKeyId: foreign.userKey, Status: 'Active' })
  await made(theirs, 'SetUserPermissions', { UserName: foreign.userName, 'AllowedAction.1': 'iot:Query*' })
  await made(theirs, 'BatchRegisterDeviceWithApplyId', {
    ProductKey: foreign.ordinary,
    ApplyId: foreign.checkedId,
  })
})
