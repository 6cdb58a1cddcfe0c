import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The response of GET /metrics. */
export interface MetricsPage {
  readonly contentType: string
  readonly text: string
}

/** The metrics of one process, as data for another process. */
export type Samples = Awaited<ReturnType<Registry['getMetricsAsJSON']>>

/** A finished call. */
interface Call {
  readonly action?: string
  readonly result: string
  readonly code: string
  readonly milliseconds: number
  readonly entries?: number
  readonly devices?: number
}

/** The counters of the MQTT door. */
interface DeviceTally {
  readonly connections: number
  readonly connects: number
  readonly refusals: Readonly<Record<string, number>>
  readonly messages: Readonly<Record<'up' | 'down', number>>
  readonly bytes: Readonly<Record<'up' | 'down', number>>
  readonly drops: Readonly<Record<string, number>>
}

/**
 * The metrics of GET /metrics in Prometheus' text format. Labels are declared names only, so their number is
 * bounded. One function, because it is the list of them.
 */
export function metrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'rollcall_' })
  const registers = [registry]
  const calls = new Counter({
    name: 'rollcall_calls_total',
    help: 'Calls by action, result (answered, failed, refused, broken) and code.',
    labelNames: ['action', 'result', 'code'],
    registers,
  })
  const seconds = new Histogram({
    name: 'rollcall_call_seconds',
    help: 'Time from a request received to its answer made.',
    labelNames: ['action'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  })
  const devices = new Counter({
    name: 'rollcall_devices_total',
    help: 'Devices judged or imported.',
    labelNames: ['action'],
    registers,
  })
  const throttled = new Counter({
    name: 'rollcall_throttled_calls_total',
    help: 'Calls refused because the quota of their account was used up.',
    labelNames: ['action'],
    registers,
  })
  const listEntries = new Histogram({
    name: 'rollcall_list_entries',
    help: 'Entries of the list that a call carried.',
    labelNames: ['action'],
    buckets: [1, 10, 100, 1000, 2500, 5000, 10_000],
    registers,
  })

  const unknownActions = new Counter({
    name: 'rollcall_unknown_actions_total',
    help: 'Signed calls of operations that Rollcall does not have, by the name called; beyond 100 names: other.',
    labelNames: ['action'],
    registers,
  })
  const limitedCalls = new Counter({
    name: 'rollcall_limited_calls_total',
    help: 'Calls refused unread because too many calls from their address had failed (--failed-calls).',
    registers,
  })

  const drops: Record<string, number> = {}
  /** A counter whose values are kept elsewhere, by label. */
  const counted = (
    name: string,
    help: string,
    label: string | undefined,
    read: () => Record<string, number>,
  ) =>
    new Counter({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers,
      collect() {
        this.reset()
        for (const [value, times] of Object.entries(read()))
          this.inc(label === undefined ? {} : { [label]: value }, times)
      },
    })

  let doorDrops: Readonly<Record<string, number>> = {}
  counted(
    'rollcall_device_messages_dropped_total',
    'Messages of and to devices that were dropped, by reason.',
    'reason',
    () => ({ ...doorDrops, ...drops }),
  )

  return {
    /** @param tally read at each scrape */
    tellDevices(tally: DeviceTally): void {
      new Gauge({
        name: 'rollcall_device_connections',
        help: 'Devices that are connected.',
        registers,
        collect() {
          this.set(tally.connections)
        },
      })
      const connects = () => ({ all: tally.connects })
      counted('rollcall_device_connects_total', 'Devices that were connected.', undefined, connects)
      counted(
        'rollcall_device_refusals_total',
        'Connections of devices that were refused, by reason.',
        'reason',
        () => tally.refusals,
      )
      counted(
        'rollcall_device_messages_total',
        'Messages by direction: up is from devices.',
        'direction',
        () => tally.messages,
      )
      counted(
        'rollcall_device_bytes_total',
        'Bytes that devices sent (up) and were sent (down).',
        'direction',
        () => tally.bytes,
      )
      doorDrops = tally.drops
    },
    /** Counts a message to a device that was dropped before it reached the door. */
    countDropped(reason: string): void {
      drops[reason] = (drops[reason] ?? 0) + 1
    },
    count(call: Call): void {
      const action = call.action ?? 'none'
      calls.inc({ action, result: call.result, code: call.code })
      seconds.observe({ action }, call.milliseconds / 1000)
      if (call.devices !== undefined) devices.inc({ action }, call.devices)
      if (call.entries !== undefined) listEntries.observe({ action }, call.entries)
      if (call.code.startsWith('Throttling')) throttled.inc({ action })
    },
    /** @param read returns the bytes in use for requests */
    tellRequestBytes(read: () => number): void {
      new Gauge({
        name: 'rollcall_request_bytes',
        help: 'Bytes held for requests that arrive or are being answered; --request-memory-bytes is the most.',
        registers,
        collect() {
          this.set(read())
        },
      })
    },
    /** @param read returns the number of names in memory */
    tellNames(read: () => number): void {
      new Gauge({
        name: 'rollcall_names_in_memory',
        help: 'Names of registered devices in memory, from which the process answers checks without the store.',
        registers,
        collect() {
          this.set(read())
        },
      })
    },
    countLimited: () => limitedCalls.inc(),
    countUnknown: (action: string) => unknownActions.inc({ action }),
    page: async (): Promise<MetricsPage> => ({
      contentType: registry.contentType,
      text: await registry.metrics(),
    }),
    samples: (): Promise<Samples> => registry.getMetricsAsJSON(),
  }
}
