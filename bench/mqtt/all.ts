import { join } from 'node:path'
import { measureRoundTrips, type RoundTripFigures, type RoundTripSize } from './round-trips.ts'
import { type MqttComparison, type MqttSize, measureMqtt } from './run.ts'
import { measureStorm, type StormFigures, type StormSize } from './storm.ts'

/** Parts that can be measured alone: `--only storm`. */
const parts = ['load', 'round-trips', 'storm'] as const

export interface MqttSizes {
  readonly load: MqttSize
  readonly roundTrips: RoundTripSize
  readonly storm: StormSize
}

export interface MqttReport {
  readonly load?: MqttComparison
  readonly roundTrips?: RoundTripFigures
  readonly storm?: StormFigures
}

/**
 * Measures the parts one after the other.
 * @param only comma-separated names of parts; undefined: all
 */
export async function measureDevices(
  folder: string,
  sizes: MqttSizes,
  only: string | undefined,
  tell: (what: string) => void,
): Promise<MqttReport> {
  const names: readonly string[] = only?.split(',') ?? parts
  const unknown = names.filter((name) => !parts.some((part) => part === name))
  if (unknown.length > 0) throw new Error(`--only: ${unknown.join(', ')} is none of ${parts.join(', ')}`)
  const load = names.includes('load') && (await measureMqtt(folder, sizes.load, tell))
  const roundTrips =
    names.includes('round-trips') &&
    (await measureRoundTrips(join(folder, 'round-trips'), sizes.roundTrips, tell))
  const storm = names.includes('storm') && (await measureStorm(join(folder, 'storm'), sizes.storm, tell))
  return { ...(load && { load }), ...(roundTrips && { roundTrips }), ...(storm && { storm }) }
}
