import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemTopics } from '../../src/messaging/system-topics.ts'
import { testDevice } from './doubles.ts'

const now = Date.parse('2026-11-30T00:00:00Z')
const seconds = now / 1000
const own = 'pk1/device1'
const sys = `/sys/${own}/thing`

function device() {
  const kept = new Map<string, string>()
  const answer = systemTopics({
    now: () => now,
    tags: {
      async set(_, tags) {
        if (kept.size + tags.length > 3) return false
        for (const { key, value } of tags) kept.set(key, value)
        return true
      },
      async delete(_, keys) {
        for (const key of keys) kept.delete(key)
      },
    },
    failed: (error) => assert.fail(String(error)),
  })
  return {
    kept,
    /** Sends a message; the answers as `[topic, JSON]`. */
    async send(topic: string, payload: unknown) {
      const replies: [string, unknown][] = []
      const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
      answer(testDevice(1), { topic, payload: bytes, qos: 0 }, (to, bytes) =>
        replies.push([to, JSON.parse(Buffer.from(bytes).toString())]),
      )
      await new Promise(setImmediate)
      return replies
    },
  }
}

const reply = (id: unknown, code: number, message: string, method: string) =>
  ({ id, code, data: {}, message, method, version: '1.0' }) as const
const request = (params: unknown, id: unknown = '1') => ({ id, version: '1.0', params })

const tooMany = Array.from({ length: 201 }, (_, i) => ({ attrKey: `k${i}`, attrValue: 'v' }))
const rows: readonly [what: string, topic: string, payload: unknown, answers: unknown][] = [
  [
    'a property post',
    `${sys}/event/property/post`,
    { ...request({ t: 1 }, '1|exp-topic|x'), method: 'thing.event.property.post' },
    [
      [
        `${sys}/event/property/post_reply`,
        reply('1|exp-topic|x', 200, 'success', 'thing.event.property.post'),
      ],
    ],
  ],
  [
    'an event post with a number as its id',
    `${sys}/event/alarm/post`,
    request({}, 7),
    [[`${sys}/event/alarm/post_reply`, reply(7, 200, 'success', 'thing.event.alarm.post')]],
  ],
  ['a post that wants no answer', `${sys}/event/alarm/post`, { ...request({}), sys: { ack: 0 } }, []],
  [
    'a post that is not JSON',
    `${sys}/event/property/post`,
    'x',
    [
      [
        `${sys}/event/property/post_reply`,
        reply('', 6207, 'data format error, must be JSON', 'thing.event.property.post'),
      ],
    ],
  ],
  [
    'a post without parameters',
    `${sys}/event/property/post`,
    { id: '1' },
    [
      [
        `${sys}/event/property/post_reply`,
        reply('1', 460, 'request parameter error', 'thing.event.property.post'),
      ],
    ],
  ],
  [
    'tags with a key that may not be',
    `${sys}/deviceinfo/update`,
    request([{ attrKey: '1st', attrValue: 'v' }]),
    [
      [
        `${sys}/deviceinfo/update_reply`,
        reply('1', 460, 'request parameter error', 'thing.deviceinfo.update'),
      ],
    ],
  ],
  [
    'too many tags',
    `${sys}/deviceinfo/update`,
    request(tooMany),
    [
      [
        `${sys}/deviceinfo/update_reply`,
        reply('1', 6106, 'params size exceeds 200', 'thing.deviceinfo.update'),
      ],
    ],
  ],
  [
    'a question for the configuration',
    `${sys}/config/get`,
    request({ configScope: 'product', getType: 'file' }),
    [[`${sys}/config/get_reply`, reply('1', 200, 'success', 'thing.config.get')]],
  ],
  [
    'a question for desired properties',
    `${sys}/property/desired/get`,
    request(['t']),
    [[`${sys}/property/desired/get_reply`, reply('1', 200, 'success', 'thing.property.desired.get')]],
  ],
  [
    'NTP with a text',
    `/ext/ntp/${own}/request`,
    { deviceSendTime: '100' },
    [
      [
        `/ext/ntp/${own}/response`,
        { deviceSendTime: '100', serverRecvTime: `${now}`, serverSendTime: `${now}` },
      ],
    ],
  ],
  [
    'NTP with a number',
    `/ext/ntp/${own}/request`,
    { deviceSendTime: 100 },
    [[`/ext/ntp/${own}/response`, { deviceSendTime: 100, serverRecvTime: now, serverSendTime: now }]],
  ],
  ['an answer to the server', `${sys}/service/property/set_reply`, request({}), []],
  ['a topic of its own', '/user/update', 'x', []],
  ['a topic of another device', '/sys/pk1/device2/thing/event/property/post', request({}), []],
]

for (const [what, topic, payload, answers] of rows)
  test(`${what} is answered`, async () => assert.deepEqual(await device().send(topic, payload), answers))

test('a device sets and deletes its tags', async () => {
  const { kept, send } = device()
  const domain = { domain: 'SYSTEM' }
  const set = (...keys: string[]) =>
    send(`${sys}/deviceinfo/update`, request(keys.map((attrKey) => ({ attrKey, attrValue: 'v', ...domain }))))
  await set('a', 'b')
  assert.deepEqual(
    [...kept],
    [
      ['a', 'v'],
      ['b', 'v'],
    ],
  )
  const [[, refused]] = (await set('c', 'd')) as [[string, { code: number }]]
  assert.equal(refused.code, 6106)
  await send(`${sys}/deviceinfo/delete`, request([{ attrKey: 'a' }]))
  assert.deepEqual([...kept], [['b', 'v']])
})

test('a shadow is updated, read and deleted, and its version grows', async () => {
  const { send } = device()
  const ask = async (payload: object) => (await send(`/shadow/update/${own}`, payload))[0]
  const success = (version: number) => [
    `/shadow/get/${own}`,
    { method: 'reply', payload: { status: 'success', version }, timestamp: seconds },
  ]
  const update = (version: number, reported: unknown) => ({ method: 'update', state: { reported }, version })
  assert.deepEqual(await ask(update(1, { color: 'red', on: true })), success(1))
  const old = (await ask(update(1, { color: 'blue' })))![1] as {
    payload: { status: string; content: { errorcode: string } }
  }
  assert.deepEqual([old.payload.status, old.payload.content.errorcode], ['error', '406'])
  assert.deepEqual(await ask({ method: 'delete', state: { reported: { on: 'null' } } }), success(2))
  assert.deepEqual((await ask({ method: 'get' }))![1], {
    method: 'reply',
    payload: {
      status: 'success',
      state: { reported: { color: 'red' } },
      metadata: { reported: { color: { timestamp: seconds } } },
    },
    version: 2,
    timestamp: seconds,
  })
  assert.deepEqual(await ask(update(-1, { color: 'red' })), success(0))
})
