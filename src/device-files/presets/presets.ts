import { placeOfName } from '../column-names.ts'
import { brokers } from './brokers.ts'
import { clouds } from './clouds.ts'
import { lorawan } from './lorawan.ts'
import type { Preset } from './preset.ts'

/** The platforms whose exports are known, by the names of the `--from` option. */
export const presets = { ...brokers, ...lorawan, ...clouds } as const satisfies Readonly<
  Record<string, Preset>
>
export type Platform = keyof typeof presets
export const platforms = Object.keys(presets) as readonly Platform[]

export const presetOf = (platform: string): Preset | undefined =>
  Object.hasOwn(presets, platform) ? presets[platform as Platform] : undefined

/** The platform that a file's columns show it to be of; undefined if none does, or several do. */
export function platformOf(columns: readonly string[]): Platform | undefined {
  const has = (column: string) => placeOfName(columns, column) >= 0
  const found = platforms.filter((platform) =>
    (presets[platform] as Preset).marks.some((mark) => mark.every(has)),
  )
  return found.length === 1 ? found[0] : undefined
}
