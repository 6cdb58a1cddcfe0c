import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FollowedMessage } from '../../../src/client/follow.ts'
import { type LiveMessage, withMessage } from '../../../src/console/products/live-messages.ts'

const step = (messageId: number, state?: string, more: Partial<FollowedMessage> = {}): FollowedMessage => ({
  messageId,
  productKey: 'pk',
  deviceName: 'lamp',
  topic: '',
  qos: 1,
  generateTime: messageId,
  payload: '',
  ...(state !== undefined && { state }),
  ...more,
})
const all = (steps: readonly FollowedMessage[]) =>
  steps.reduce<readonly LiveMessage[]>((shown, next) => withMessage(shown, next), [])
const words = (messages: readonly LiveMessage[]) =>
  messages.map(({ key, state, answer }) => [key, state, answer].filter(Boolean).join(' '))

test('steps of a message to a device change its row, in whichever order nodes report them', () => {
  const first = { topic: '/get', payload: 'b24=' }
  for (const steps of [
    [step(1, 'waiting', first), step(1, 'sent', first), step(1, 'acknowledged')],
    [step(1, 'sent', first), step(1, 'acknowledged'), step(1, 'waiting', first)],
  ]) {
    const [row] = all(steps)
    assert.deepEqual([row!.state, row!.topic, row!.payload], ['acknowledged', '/get', 'b24='])
  }
  const messages = all([
    step(1, undefined, { topic: '/up' }),
    step(1, 'sent', { topic: '/rrpc' }),
    step(2, 'acknowledged'),
    step(1, 'answered', { payload: 'eWVz' }),
    step(3, 'offline', { topic: '/get' }),
  ])
  assert.deepEqual(words(messages), ['down 3 offline', 'down 1 answered eWVz', 'up 1'])
})

test('the page keeps a bounded number of messages and of bytes', () => {
  const up = (id: number, payload = '') => step(id, undefined, { topic: '/up', payload })
  const many = all(Array.from({ length: 250 }, (_, id) => up(id)))
  assert.deepEqual([many.length, many[0]!.key], [200, 'up 249'])
  const large = all(Array.from({ length: 20 }, (_, id) => up(id, 'x'.repeat(350_000))))
  assert.equal(large.length, 5)
})
