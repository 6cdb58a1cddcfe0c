import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectionLog, eventsMax } from '../../src/registry/connection-log.ts'
import {
  type ConnectionEventRow,
  type ConnectionEventStore,
  type DeviceKey,
  type SessionRow,
  Unavailable,
} from '../../src/storage/storage.ts'
import { repeatableRandom, TestClock } from '../support/deterministic.ts'

const lamp: DeviceKey = { product: 1, name: 'lamp', number: 1 }
const connection = (epoch: number, node = 1) => ({ node, epoch, address: '192.0.2.1', protocolVersion: 4 })

/** A log on a store in memory, whose timer the test turns. */
function openLog() {
  const clock = new TestClock()
  const rows = new Map<string, ConnectionEventRow>()
  const state = {
    writes: [] as number[],
    trimmed: [] as string[],
    lookUps: [] as (string | undefined)[],
    fails: false,
    session: undefined as SessionRow | undefined,
    nodes: [1],
  }
  const events: ConnectionEventStore = {
    async add(added) {
      if (state.fails) throw new Unavailable('the disk is full')
      state.writes.push(added.length)
      for (const row of added) rows.set(`${row.device.number} ${row.time} ${row.id}`, row)
    },
    async trim(devices) {
      state.trimmed.push(...devices.map(({ name }) => name))
    },
    async forget() {},
    of: async ({ number }, since, limit) =>
      [...rows.values()]
        .filter(({ device, time }) => device.number === number && time >= since)
        .sort((a, b) => b.time - a.time || b.id - a.id)
        .slice(0, limit),
  }
  let tick: (() => void) | undefined
  const timers = {
    every: (_: number, run: () => void) => {
      tick = run
      return { stop: () => (tick = undefined) }
    },
  }
  const log = connectionLog({
    events,
    sessions: {
      sessions: async () => [state.session],
      nodes: async () => state.nodes.map((id) => ({ id, address: '' })),
    },
    named: async ({ userName }) => {
      state.lookUps.push(userName)
      return userName === 'lamp' ? [lamp] : []
    },
    clock,
    random: repeatableRandom(),
    timers,
    nodeName: 'host/7',
  })
  /** A turn of the timer; false if it does not run. */
  const turn = async () => {
    if (tick === undefined) return false
    tick()
    await new Promise(setImmediate)
    return true
  }
  return { log, clock, rows, state, turn }
}

const words = (events: readonly { kind: string; reason: string }[]) =>
  events.map(({ kind, reason }) => [kind, reason].filter(Boolean).join(' '))

test('events are written in groups by a timer that runs only while there are any', async () => {
  const { log, state, turn } = openLog()
  assert.equal(await turn(), false)
  for (let epoch = 1; epoch <= 2500; epoch++)
    log.connected({ ...lamp, number: epoch }, { ...connection(1), clientId: 'c' })
  for (let i = 0; i < 3; i++) await turn()
  assert.deepEqual(state.writes, [1000, 1000, 500])
  assert.equal(await turn(), false)
  // Most writes need no look at what is there.
  assert.ok(state.trimmed.length < 200, `${state.trimmed.length}`)
})

test('a connect and its end are read at once, with the client id of the connect', async () => {
  const { log, clock } = openLog()
  log.connected(lamp, { ...connection(1), clientId: 'lamp|securemode=3|' })
  clock.advance(5)
  log.disconnected(lamp, connection(1), 'protocol error', 'the first packet is not CONNECT')
  const [end, connect] = await log.of(lamp)
  assert.deepEqual(
    [end!.reason, end!.clientId, end!.detail],
    ['protocol error', 'lamp|securemode=3|', 'the first packet is not CONNECT'],
  )
  assert.deepEqual([connect!.kind, connect!.nodeName, connect!.address], ['connected', 'host/7', '192.0.2.1'])
  assert.equal(end!.time - connect!.time, 5)
  assert.equal((await log.of(lamp, 1)).length, 1)
})

test('refusals of ten minutes are one event; what names no device is written nowhere', async () => {
  const { log, clock, rows, state, turn } = openLog()
  const refused = (userName: string | undefined, address = '192.0.2.1') =>
    log.refused({
      reason: 'credentials',
      clientId: 'c',
      userName,
      address,
      protocolVersion: 5,
      gatewayProductKey: undefined,
    })
  for (let i = 0; i < 40; i++) {
    refused('lamp')
    refused('nobody')
    clock.advance(1000)
    if (i % 4 === 0) await turn()
  }
  refused(undefined)
  refused('x'.repeat(10_000))
  refused('lamp', '192.0.2.9')
  await turn()
  assert.deepEqual(
    [...rows.values()].map(({ times, address }) => [times, address]),
    [
      [40, '192.0.2.1'],
      [1, '192.0.2.9'],
    ],
  )
  const [row] = rows.values()
  assert.equal(row!.lastAt - row!.time, 39_000)
  clock.advance(600_000)
  refused('lamp')
  await turn()
  assert.equal(rows.size, 3)
  assert.equal(await turn(), false)
  // A flood of names costs a bounded number of look-ups.
  const before = state.lookUps.length
  for (let i = 0; i < 5000; i++) refused(`name${i}`)
  for (let turns = 0; await turn(); turns++) assert.ok(turns < 20)
  assert.equal(state.lookUps.length - before, 1000)
})

test('what a store that is away does not take is written later; of a flood the newest', async () => {
  const { log, rows, state, turn } = openLog()
  state.fails = true
  for (let number = 1; number <= 50_100; number++)
    log.connected({ ...lamp, number }, { ...connection(1), clientId: 'c' })
  await turn()
  state.fails = false
  await log.close()
  assert.equal(rows.size, 50_000)
  assert.ok(![...rows.values()].some(({ device }) => device.number <= 100))
})

const session = (epoch: number, changedAt: number, node?: number): SessionRow => ({
  owner: node === undefined ? undefined : { id: node, address: '' },
  epoch,
  resumed: false,
  activeAt: 0,
  onlineAt: 0,
  changedAt,
  address: '',
})

for (const { name, arrange, expected } of [
  {
    name: 'a device that is connected has no end',
    arrange: (s: ReturnType<typeof openLog>) => {
      s.log.connected(lamp, { ...connection(1), clientId: 'c' })
      s.state.session = session(1, 0, 1)
    },
    expected: ['connected'],
  },
  {
    name: 'the end that a living node has not written yet is not invented',
    arrange: (s: ReturnType<typeof openLog>) => {
      s.log.connected(lamp, { ...connection(1, 1), clientId: 'c' })
      s.state.session = session(1, 0)
    },
    expected: ['connected'],
  },
  {
    name: 'a node that died ended its connection with its lease',
    arrange: (s: ReturnType<typeof openLog>) => {
      s.log.connected(lamp, { ...connection(1, 9), clientId: 'c' })
      s.state.session = session(1, s.clock.now() + 10_000)
    },
    expected: ['disconnected node lost', 'connected'],
  },
  {
    name: 'of a node that died before a reconnect the end comes before that',
    arrange: (s: ReturnType<typeof openLog>) => {
      s.log.connected(lamp, { ...connection(1, 9), clientId: 'c' })
      s.clock.advance(60_000)
      s.log.connected(lamp, { ...connection(2, 1), clientId: 'c' })
      s.state.session = session(2, 0, 1)
    },
    expected: ['connected', 'disconnected node lost', 'connected'],
  },
  {
    name: 'a second connection takes over before the first has ended',
    arrange: (s: ReturnType<typeof openLog>) => {
      s.log.connected(lamp, { ...connection(1), clientId: 'c' })
      s.clock.advance(10)
      s.log.connected(lamp, { ...connection(2), clientId: 'c' })
      s.log.disconnected(lamp, connection(1), 'taken over', '')
      s.state.session = session(2, 0, 1)
    },
    expected: ['disconnected taken over', 'connected', 'connected'],
  },
]) {
  test(name, async () => {
    const opened = openLog()
    arrange(opened)
    const events = await opened.log.of(lamp)
    assert.deepEqual(words(events), expected)
    for (const [i, { time }] of events.entries()) assert.ok(time <= (events[i - 1]?.time ?? time), `${i}`)
    assert.ok(events.length <= eventsMax)
  })
}
