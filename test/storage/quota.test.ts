import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Caller, quotaWindow, retryAfter } from '../../src/storage/quota.ts'
import { type CountedAction, deniedPerSecond } from '../../src/storage/storage.ts'

const account = 7
const own: Caller = { key: { account, ramUser: undefined }, ramUser: undefined }
const user = (allowed: readonly string[] | undefined): Caller => ({
  key: { account, ramUser: 3 },
  ramUser: { allowed },
})
const deleted: Caller = { key: { account, ramUser: 3 }, ramUser: undefined }
const action: CountedAction = {
  action: 'A',
  apart: undefined,
  perWindow: 10,
  windowSeconds: 1,
  callers: undefined,
}
const apart: CountedAction = { ...action, apart: 'far pages', windowSeconds: 60 }
const denied = { key: '7 denied user 3', calls: deniedPerSecond, length: 1000 }

const cases: readonly [
  what: string,
  Caller,
  CountedAction,
  own: number | undefined,
  expected: ReturnType<typeof quotaWindow>,
][] = [
  ['the account’s key', own, action, undefined, { key: '7 A', calls: 10, length: 1000 }],
  [
    'a RAM user shares the account’s',
    user(['iot:A']),
    action,
    undefined,
    { key: '7 A', calls: 10, length: 1000 },
  ],
  ['the account’s own quota, higher', own, action, 50, { key: '7 A', calls: 50, length: 1000 }],
  ['the account’s own quota, none', own, action, 0, { key: '7 A', calls: 0, length: 1000 }],
  ['counted apart', own, apart, undefined, { key: '7 A far pages', calls: 10, length: 60_000 }],
  ['counted apart, not raised', own, apart, 50, { key: '7 A far pages', calls: 10, length: 60_000 }],
  ['counted apart, lowered', own, apart, 2, { key: '7 A far pages', calls: 2, length: 60_000 }],
  ['not permitted', user(['iot:B']), apart, 50, denied],
  ['of a deleted RAM user', deleted, action, undefined, denied],
  ['only for the account', user(undefined), { ...action, callers: 'account' }, undefined, denied],
  [
    'for every caller: the RAM user’s own',
    user([]),
    { ...apart, callers: 'everyone' },
    undefined,
    { key: '7 A user 3 far pages', calls: 10, length: 60_000 },
  ],
  [
    'for every caller: the account’s',
    own,
    { ...action, callers: 'everyone' },
    undefined,
    { key: '7 A', calls: 10, length: 1000 },
  ],
]

for (const [what, caller, counted, ownQuota, expected] of cases)
  test(`the quota of a call ${what}`, () =>
    assert.deepEqual(quotaWindow(caller, counted, ownQuota), expected))

test('a throttled call waits for the end of its window', () => {
  assert.equal(retryAfter({ length: 60_000 }, 120_000), 60_000)
  assert.equal(retryAfter({ length: 60_000 }, 179_999), 1)
})
