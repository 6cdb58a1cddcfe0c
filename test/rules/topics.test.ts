import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isFilter,
  isImplicit,
  isTopic,
  matches,
  mayPublish,
  maySubscribe,
  withoutShare,
} from '../../src/rules/topics.ts'
import { takesOwnTopics } from '../support/mqtt-topics.ts'

for (const [filter, topic, expected] of [
  // MQTT 3.1.1 §4.7.1
  ['sport/tennis/player1/#', 'sport/tennis/player1', true],
  ['sport/tennis/player1/#', 'sport/tennis/player1/ranking', true],
  ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
  ['sport/tennis/player1/#', 'sport/tennis/player10', false],
  ['#', 'anything/at/all', true],
  ['#', '/', true],
  ['sport/tennis/+', 'sport/tennis/player1', true],
  ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
  ['sport/+', 'sport', false],
  ['sport/+', 'sport/', true],
  ['+/+', '/finance', true],
  ['/+', '/finance', true],
  ['+', '/finance', false],
  ['+/monitor/Clients', '$SYS/monitor/Clients', false],
  ['#', '$SYS/monitor', false],
  ['$SYS/#', '$SYS/monitor/Clients', true],
  ['$SYS/monitor/+', '$SYS/monitor/Clients', true],
  ['ACCOUNTS', 'Accounts', false],
  ['a/b', 'a/b/', false],
  ['a//b', 'a//b', true],
  ['a/+/b', 'a//b', true],
  ['+/b', '+/b', true],
] as const) {
  test(`${filter} ${expected ? 'matches' : 'does not match'} ${topic}`, () =>
    assert.equal(matches(filter, topic), expected))
}

for (const [text, topic, filter] of [
  ['a/b', true, true],
  ['', false, false],
  ['a/#', false, true],
  ['a/#/b', false, false],
  ['a#', false, false],
  ['+', false, true],
  ['a+/b', false, false],
  ['a/+/#', false, true],
  ['x'.repeat(128), true, true],
  ['x'.repeat(129), false, false],
  // 3 bytes each.
  ['温'.repeat(42), true, true],
  ['温'.repeat(43), false, false],
] as const) {
  test(`${text.slice(0, 20)} (${text.length}) is ${topic ? 'a' : 'no'} topic and ${filter ? 'a' : 'no'} filter`, () => {
    assert.equal(isTopic(text), topic)
    assert.equal(isFilter(text), filter)
  })
}

for (const [asked, plain] of [
  ['$share/g/a/+', 'a/+'],
  ['a/b', 'a/b'],
  ['$share/g', undefined],
  ['$share//a', undefined],
  ['$share/g/', undefined],
  ['$share/+/a', undefined],
] as const) {
  test(`the filter of ${asked} is ${plain}`, () => assert.equal(withoutShare(asked), plain))
}

const own = 'a1TestKey01/device1'
const foreign = 'a1TestKey01/device2'

/** [topic or filter, an ordinary product's device may publish, may subscribe; a one-party product's device the same] */
const table: [string, boolean, boolean, boolean, boolean][] = [
  [`/${own}/user/update`, true, false, true, true],
  [`/${own}/user/update/error`, true, false, true, true],
  [`/${own}/user/get`, false, true, true, true],
  [`/${own}/user/other`, false, false, true, true],
  [`/${own}/user/#`, false, true, false, true],
  [`/${own}/user/+/x`, false, true, false, true],
  [`/${foreign}/user/update`, false, false, true, true],
  [`/${foreign}/user/#`, false, false, false, true],
  ['/+/device1/user/get', false, false, false, true],
  ['#', false, false, false, true],
  ['hello', false, false, true, true],
  ['hello/温度', false, false, false, false],
  ['hello world', false, false, false, false],
  ['hello-world', false, false, false, false],
  [`/sys/${own}/thing/event/property/post`, true, true, true, true],
  [`/sys/${own}/#`, false, true, false, true],
  [`/sys/${own}`, false, true, false, true],
  [`/sys/${foreign}/thing/event/property/post`, false, false, false, false],
  [`/sys/${own}2/thing/event/property/post`, false, false, false, false],
  ['/sys/#', false, false, false, false],
  ['/sys', false, false, false, false],
  ['/sys/a1TestKey01/+/thing/#', false, false, false, false],
  [`/shadow/update/${own}`, true, false, true, false],
  [`/shadow/update/${foreign}`, false, false, false, false],
  [`/shadow/get/${own}`, false, true, false, true],
  [`/shadow/get/${foreign}`, false, false, false, false],
  [`/ext/ntp/${own}/request`, true, true, true, true],
  [`/ext/ntp/${own}/response`, false, true, false, true],
  [`/ext/ntp/${foreign}/request`, false, false, false, false],
  [`/ext/error/${own}`, true, true, true, true],
  [`/ext/rrpc/123/${own}/user/get`, true, true, true, true],
  ['/ext/rrpc/+/#', false, true, false, true],
  [`/ext/session/${own}/combine/login`, true, true, true, true],
  [`/ota/device/inform/${own}`, true, false, true, false],
  [`/ota/device/progress/${own}`, true, false, true, false],
  [`/ota/device/request/${own}`, true, false, true, false],
  [`/ota/device/inform/${foreign}`, false, false, false, false],
  [`/ota/device/upgrade/${own}`, false, true, false, true],
  [`/ota/device/upgrade/${foreign}`, false, false, false, false],
  ['/broadcast/a1TestKey01/news', false, true, false, true],
  ['/broadcast/a1TestKey02/news', false, false, false, false],
  ['/broadcast/a1TestKey01/#', false, true, false, true],
  ['$SYS/#', false, false, false, false],
  [`$share/g/sys/${own}`, false, false, false, true],
  [`$share/g//sys/${own}/#`, false, true, false, true],
  [`$share/g//sys/${foreign}/#`, false, false, false, false],
  [`$share/g//${own}/user/get`, false, true, false, true],
]
for (const [topic, pub, sub, freePub, freeSub] of table) {
  test(`devices that may use ${topic}`, () => {
    const ordinary = takesOwnTopics()
    const oneParty = takesOwnTopics({ hasFreeTopics: true })
    assert.deepEqual(
      [mayPublish(ordinary, topic), maySubscribe(ordinary, topic)],
      [pub, sub],
      'in an ordinary product',
    )
    assert.deepEqual(
      [mayPublish(oneParty, topic), maySubscribe(oneParty, topic)],
      [freePub, freeSub],
      'in a one-party product',
    )
  })
}

const template = (rest: string) => `plant/\${deviceName}/${rest}`

test('a topic class is checked with the device’s name in it', () => {
  const device = takesOwnTopics({
    name: 'a.b:c@d-e',
    hasFreeTopics: true,
    topicClasses: () => [
      { template: template('state'), operation: 'ALL' },
      { template: template('down/#'), operation: 'SUB' },
      { template: template('up'), operation: 'PUB' },
    ],
  })
  assert.ok(mayPublish(device, 'plant/a.b:c@d-e/state'))
  assert.ok(maySubscribe(device, 'plant/a.b:c@d-e/state'))
  assert.ok(maySubscribe(device, 'plant/a.b:c@d-e/down/x/+'))
  assert.ok(maySubscribe(device, 'plant/a.b:c@d-e/down/#'))
  assert.ok(!mayPublish(device, 'plant/a.b:c@d-e/down/x'))
  assert.ok(mayPublish(device, 'plant/a.b:c@d-e/up'))
  assert.ok(!maySubscribe(device, 'plant/a.b:c@d-e/up'))
  assert.ok(!mayPublish(device, 'plant/other.one/state'))
})

test('what a device gets without a subscription', () => {
  for (const topic of [
    `/sys/${own}/thing/service/property/set`,
    `/ext/ntp/${own}/response`,
    `/shadow/get/${own}`,
    `/ota/device/upgrade/${own}`,
  ])
    assert.ok(isImplicit(topic), topic)
  for (const topic of [`/${own}/user/get`, '/broadcast/a1TestKey01/x', 'sys/x', 'hello'])
    assert.ok(!isImplicit(topic), topic)
})
