import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionEventRow, DeviceKey, TrafficRow } from '../../../src/storage/storage.ts'
import type { TestStore } from './store.ts'

/** Connection logs of devices, and what devices did by the minute. */
export function connectionEventConformance(store: () => TestStore): void {
  const lamp: DeviceKey = { product: 1, name: 'lamp', number: 3 }
  const event = (
    device: DeviceKey,
    time: number,
    id: number,
    more: Partial<ConnectionEventRow> = {},
  ): ConnectionEventRow => ({
    device,
    id,
    time,
    lastAt: time,
    times: 1,
    kind: 'connected',
    reason: '',
    detail: '',
    address: '192.0.2.1',
    node: 2,
    nodeName: 'host/1',
    epoch: 7,
    clientId: 'a|b=c|',
    protocolVersion: 5,
    ...more,
  })
  const times = (events: readonly ConnectionEventRow[]) => events.map(({ time, id }) => `${time}.${id}`)

  test('events are stored unchanged, and found by their device, newest first', async () => {
    const { connectionEvents } = store().storage
    const refused = event(lamp, 20, 2 ** 52, { kind: 'refused', reason: 'credentials', node: 0, epoch: 0 })
    const other = { ...lamp, name: 'lamp2' }
    const former = { ...lamp, number: 1 }
    await connectionEvents.add([event(lamp, 10, 1), refused, event(other, 15, 1), event(former, 5, 1)])
    assert.deepEqual(await connectionEvents.of(lamp, 0, 9), [refused, event(lamp, 10, 1)])
    assert.deepEqual(times(await connectionEvents.of(lamp, 0, 1)), [`20.${2 ** 52}`])
    assert.deepEqual(times(await connectionEvents.of(lamp, 11, 9)), [`20.${2 ** 52}`])
    assert.deepEqual(times(await connectionEvents.of(former, 0, 9)), ['5.1'])
    const again = { ...refused, times: 4, lastAt: 80 }
    await connectionEvents.add([again])
    assert.deepEqual(await connectionEvents.of(lamp, 11, 9), [again])
  })

  test('all but the newest of a device are trimmed, and what is old is forgotten in pieces', async () => {
    const { connectionEvents } = store().storage
    const other = { ...lamp, name: 'lamp2' }
    const many = (device: DeviceKey) => [4, 1, 3, 2, 2].map((time, id) => event(device, time, id))
    await connectionEvents.add([...many(lamp), ...many(other)])
    await connectionEvents.trim([lamp], 3)
    assert.deepEqual(times(await connectionEvents.of(lamp, 0, 9)), ['4.0', '3.2', '2.4'])
    assert.equal((await connectionEvents.of(other, 0, 9)).length, 5)
    await connectionEvents.forget(3, 2)
    await connectionEvents.forget(3, 2)
    assert.deepEqual(times(await connectionEvents.of(lamp, 0, 9)), ['4.0', '3.2'])
    assert.deepEqual(times(await connectionEvents.of(other, 0, 9)), ['4.0', '3.2'])
  })

  test('traffic of nodes adds up by the minute, and is read in longer intervals', async () => {
    const { traffic } = store().storage
    const row = (account: number, time: number, connections: number, up: number): TrafficRow => ({
      account,
      time,
      connections,
      connects: 1,
      up,
      down: 2,
    })
    await traffic.add([row(1, 60_000, 5, 10), row(1, 120_000, 4, 1), row(2, 60_000, 9, 9)], 0)
    await traffic.add([row(1, 60_000, 2, 3)], 0)
    assert.deepEqual(await traffic.of(1, 0, 60_000), [
      { account: 1, time: 60_000, connections: 7, connects: 2, up: 13, down: 4 },
      row(1, 120_000, 4, 1),
    ])
    assert.deepEqual(await traffic.of(1, 0, 3_600_000), [
      { account: 1, time: 0, connections: 7, connects: 3, up: 14, down: 6 },
    ])
    await traffic.add([], 120_000)
    assert.deepEqual(await traffic.of(1, 0, 60_000), [row(1, 120_000, 4, 1)])
    assert.deepEqual(await traffic.of(2, 0, 60_000), [])
  })
}
