import { type SettingName, settings, variableOf } from './settings.ts'

/** The flags given, by setting name; a switch is true. */
export type RawSettings = Readonly<Partial<Record<SettingName, string | boolean>>>

/** An invalid setting. */
export class UsageError extends Error {}

/**
 * The settings of flags and environment, each read as text, number, switch or list. A flag precedes its variable, and
 * both precede the default; an empty variable is as if absent.
 */
export class GivenSettings {
  readonly #flags: RawSettings
  readonly #environment: Readonly<Record<string, string | undefined>>

  constructor(flags: RawSettings, environment: Readonly<Record<string, string | undefined>>) {
    this.#flags = flags
    this.#environment = environment
  }

  /** @throws UsageError if the setting has choices and the value is not among them */
  text(name: SettingName): string | undefined {
    const setting = settings[name]
    const value =
      this.#flags[name] ?? (this.#environment[variableOf(setting)] || undefined) ?? setting.default
    if (value === undefined || typeof value === 'boolean') return value === true ? 'true' : undefined
    if (setting.choices !== undefined && !setting.choices.includes(value)) {
      throw new UsageError(
        `${displayed(name)} must be one of ${setting.choices.join(', ')}, not ${JSON.stringify(value)}`,
      )
    }
    return value
  }

  /**
   * @param why the reason for the minimum
   * @throws UsageError if the value is not a whole number from min to max
   */
  whole(name: SettingName, min: number, max: number, why?: string): number {
    const value = this.text(name)!
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
    if (number >= min && number <= max) return number
    throw new UsageError(
      `${displayed(name)} must be a whole number from ${min} to ${max}, not ${JSON.stringify(value)}${why === undefined ? '' : `: ${why}`}`,
    )
  }

  /** Parses a switch; in a variable, 1 and true set it, 0, false and an empty value don't. */
  yes(name: SettingName): boolean {
    const value = this.text(name) ?? 'false'
    if (['1', 'true', '0', 'false'].includes(value)) return value === '1' || value === 'true'
    throw new UsageError(`${displayed(name)} must be 1, true, 0 or false, not ${JSON.stringify(value)}`)
  }

  /**
   * Parses a comma-separated list and validates each entry.
   * @param right what the entries must be, for the error
   */
  list(name: SettingName, isRight: (entry: string) => boolean, right: string): string[] {
    const entries = (this.text(name) ?? '').split(',').map((entry) => entry.trim())
    if (entries.length === 1 && entries[0] === '') return []
    const wrong = entries.find((entry) => !isRight(entry))
    if (wrong === undefined) return entries
    throw new UsageError(
      `${displayed(name)} must be ${right}, with commas between them, not ${JSON.stringify(wrong)}`,
    )
  }

  /** Reports whether the operator set it, as a flag or a variable. */
  isGiven(name: SettingName): boolean {
    return this.#flags[name] !== undefined || !!this.#environment[variableOf(settings[name])]
  }
}

/** The flag and the variable of a setting, for errors. */
export const displayed = (name: SettingName): string =>
  `--${settings[name].flag} (${variableOf(settings[name])})`
