import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matching, perSecondMax, wrongQuota } from '../../../src/console/access/quotas.ts'

test('quotas are found by a piece of the name, and by whether they were changed', () => {
  const quotas = [
    { Action: 'QueryDevice', PerSecond: 50, DeclaredPerSecond: 50 },
    { Action: 'QueryProduct', PerSecond: 3, DeclaredPerSecond: 50 },
    { Action: 'DeleteDevice', PerSecond: 0, DeclaredPerSecond: 50 },
  ]
  for (const [sought, changedOnly, found] of [
    ['', false, ['QueryDevice', 'QueryProduct', 'DeleteDevice']],
    [' device ', false, ['QueryDevice', 'DeleteDevice']],
    ['', true, ['QueryProduct', 'DeleteDevice']],
    ['device', true, ['DeleteDevice']],
  ] as const)
    assert.deepEqual(
      matching(quotas, sought, changedOnly).map(({ Action }) => Action),
      found,
    )
})

test('an invalid quota is reported before it is sent', () => {
  for (const [action, perSecond, wrong] of [
    ['QueryDevice', 0, undefined],
    ['QueryDevice', perSecondMax, undefined],
    ['QueryDevice', perSecondMax + 1, 'needed'],
    ['QueryDevice', -1, 'needed'],
    ['QueryDevice', 1.5, 'needed'],
    ['QueryDevice', null, 'needed'],
    ['SetQuota', 0, 'notZero'],
    ['ListQuotas', 0, 'notZero'],
    ['GetCallerIdentity', 0, 'notZero'],
    ['SetQuota', 1, undefined],
  ] as const)
    assert.equal(wrongQuota(action, perSecond), wrong)
})
