import type { MqttReport } from './all.ts'
import type { RoundTripFigures } from './round-trips.ts'
import type { MqttComparison, MqttFigures } from './run.ts'
import type { StormFigures, StormRun } from './storm.ts'

interface Target {
  readonly what: string
  readonly figure: keyof MqttFigures
  readonly unit: 'µs' | 'KB'
  /** Maximum ratio to aedes' figure; undefined: no target. */
  readonly shareMax?: number
  /** Minimum per second of a core. */
  readonly perSecondMin?: number
}

const targets: readonly Target[] = [
  { what: 'connect, HMAC and three subscriptions', figure: 'connect', unit: 'µs', shareMax: 1 / 3 },
  { what: 'memory of a connection', figure: 'bytes', unit: 'KB', shareMax: 1 / 4 },
  { what: 'QoS 0 of a device, 64 bytes', figure: 'qos0', unit: 'µs', perSecondMin: 300_000 },
  { what: 'QoS 1 of a device, 64 bytes', figure: 'qos1', unit: 'µs', perSecondMin: 60_000 },
  { what: 'TLS connect, full handshake, P-256', figure: 'tlsConnect', unit: 'µs', perSecondMin: 500 },
  { what: 'TLS connect, session resumed', figure: 'tlsResumed', unit: 'µs', perSecondMin: 500 },
]

const isMissed = ({ ours, aedes }: MqttComparison, { figure, shareMax, perSecondMin }: Target): boolean =>
  (shareMax !== undefined && ours[figure] > shareMax * aedes[figure]) ||
  (perSecondMin !== undefined && 1e6 / ours[figure] < perSecondMin)

/** Seconds until all devices are back, and milliseconds of small calls meanwhile. */
const stormTargets = { seconds: 60, p99: 250 }
/** Milliseconds. */
const roundTripP99Max = 25

const isStormMissed = ({ ours, aedes }: StormFigures): boolean =>
  ours.seconds > stormTargets.seconds ||
  ours.missing > 0 ||
  ours.refused > 0 ||
  ours.storm.p99 > stormTargets.p99 ||
  2 * ours.storm.p99 > aedes.storm.p99

const isLate = ({ pub, rrpc }: RoundTripFigures): boolean => Math.max(pub.p99, rrpc.p99) >= roundTripP99Max

/** The missed targets. */
export const missedByMqtt = ({ load, roundTrips, storm }: MqttReport): readonly string[] => [
  ...(load === undefined ? [] : targets.filter((one) => isMissed(load, one)).map(({ what }) => what)),
  ...(roundTrips !== undefined && isLate(roundTrips) ? ['round trips'] : []),
  ...(storm !== undefined && isStormMissed(storm) ? ['storm'] : []),
]

/** @param judged whether to compare with the targets */
export function printMqtt({ load, roundTrips, storm }: MqttReport, judged: boolean): void {
  if (load !== undefined) printLoad(load, judged)
  const verdict = (missed: boolean) => (judged && missed ? '  MISSED' : '')
  if (roundTrips !== undefined) {
    const line = (what: string, { p50, p99 }: RoundTripFigures['pub']) =>
      `${what.padEnd(40)} p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`
    process.stdout.write(
      `${line('Pub to the device, 500 calls/s', roundTrips.pub)}\n${line('RRpc round trip, 500 calls/s', roundTrips.rrpc)}${verdict(isLate(roundTrips))}\n`,
    )
  }
  if (storm !== undefined) printStorm(storm, verdict(isStormMissed(storm)))
}

function printStorm({ devices, workers, ours, aedes }: StormFigures, verdict: string): void {
  const line = (what: string, { seconds, missing, refused, broken, calm, storm, cpuSeconds }: StormRun) =>
    `${what.padEnd(40)} all back in ${seconds.toFixed(1)} s, ${missing} not, ${refused} refused, ${broken} tried again, ${cpuSeconds.toFixed(1)} s of CPU; small calls p50 ${storm.p50.toFixed(0)} ms, p99 ${storm.p99.toFixed(0)} ms, at most ${storm.max.toFixed(0)} ms (before: p99 ${calm.p99.toFixed(0)} ms)\n`
  const what = `${devices} devices reconnect, ${workers} workers`
  process.stdout.write(`${line(what, ours)}${line('  the same with aedes', aedes)}${verdict}\n`)
}

function printLoad(figures: MqttComparison, judged: boolean): void {
  const lines = targets.map((target) => {
    const { what, figure, unit } = target
    const shown = (value: number) => (unit === 'KB' ? value / 1024 : value).toFixed(2).padStart(9)
    const [ours, door, aedes] = [figures.ours[figure], figures.door[figure], figures.aedes[figure]]
    const rate = unit === 'µs' ? `${Math.round(1e6 / ours)} per core-second` : ''
    const verdict = judged && isMissed(figures, target) ? '  MISSED' : ''
    return `${what.padEnd(40)}${shown(ours)}${shown(door)}${shown(aedes)} ${unit}${(aedes / ours).toFixed(1).padStart(7)}×  ${rate}${verdict}`
  })
  process.stdout.write(`${''.padEnd(40)}     ours     door    aedes   aedes/ours\n${lines.join('\n')}\n`)
}
