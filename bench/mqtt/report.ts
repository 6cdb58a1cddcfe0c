import type { MqttComparison, MqttFigures } from './run.ts'

interface Target {
  readonly what: string
  readonly figure: keyof MqttFigures
  readonly unit: 'µs' | 'KB'
  /** The largest share of aedes' that is right; undefined: no target. */
  readonly shareMax?: number
  /** The least that a second of a core must do. */
  readonly perSecondMin?: number
}

const targets: readonly Target[] = [
  { what: 'connect, HMAC and three subscriptions', figure: 'connect', unit: 'µs', shareMax: 1 / 3 },
  { what: 'memory of a connection', figure: 'bytes', unit: 'KB', shareMax: 1 / 4 },
  { what: 'QoS 0 of a device, 64 bytes', figure: 'qos0', unit: 'µs', perSecondMin: 300_000 },
  { what: 'QoS 1 of a device, 64 bytes', figure: 'qos1', unit: 'µs', perSecondMin: 60_000 },
  { what: 'TLS connect, full handshake, P-256', figure: 'tlsConnect', unit: 'µs', perSecondMin: 500 },
]

const isMissed = ({ ours, aedes }: MqttComparison, { figure, shareMax, perSecondMin }: Target): boolean =>
  (shareMax !== undefined && ours[figure] > shareMax * aedes[figure]) ||
  (perSecondMin !== undefined && 1e6 / ours[figure] < perSecondMin)

export const missedByMqtt = (figures: MqttComparison): readonly string[] =>
  targets.filter((target) => isMissed(figures, target)).map(({ what }) => what)

/** @param judged whether targets are judged */
export function printMqtt(figures: MqttComparison, judged: boolean): void {
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
