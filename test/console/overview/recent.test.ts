import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matching, type RecentCall } from '../../../src/console/overview/recent.ts'

const call = (Action: string, Result: RecentCall['Result'], Code: string, RequestId: string): RecentCall => ({
  Time: 0,
  Action,
  Result,
  Code,
  HttpStatus: 200,
  Milliseconds: 1,
  RequestId,
  Entries: 0,
  Devices: 0,
})
const calls = [
  call('QueryDevice', 'answered', '', 'AAAA-1'),
  call('QueryProduct', 'failed', 'iot.prod.NotExistedProduct', 'BBBB-2'),
  call('QueryDevice', 'refused', 'Throttling.User', 'CCCC-3'),
  call('DeleteDevice', 'broken', 'iot.system.SystemException', 'DDDD-4'),
]

for (const [sought, failedOnly, found] of [
  ['', false, ['AAAA-1', 'BBBB-2', 'CCCC-3', 'DDDD-4']],
  ['', true, ['BBBB-2', 'CCCC-3', 'DDDD-4']],
  ['querydevice', false, ['AAAA-1', 'CCCC-3']],
  [' querydevice ', true, ['CCCC-3']],
  ['throttling', false, ['CCCC-3']],
  ['dddd', false, ['DDDD-4']],
  ['nothing', false, []],
] as const)
  test(`recent calls with ${JSON.stringify(sought)}${failedOnly ? ', failed only' : ''}`, () => {
    assert.deepEqual(
      matching(calls, sought, failedOnly).map(({ RequestId }) => RequestId),
      found,
    )
  })
